import http from 'node:http';
import https from 'node:https';
import { finished } from 'node:stream/promises';
import type { EpochMs, ProbeOutcome } from '#facts';
import { outcomeOfError } from './outcome-of-error.ts';

/** One GET on a connection of its own, as a new client would make it. */
export interface OneRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export interface OneAnswer {
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs;
  readonly outcome: ProbeOutcome;
  readonly status: number | null;
  readonly durationMs: number;
}

/** Sends requests without reusing connections; `close` cuts off what is under way, which then ends as `aborted`. */
export interface RequestSender {
  /** `onText` hears the text of an answer that is no error, piece by piece; it may still be cut off. */
  send(one: OneRequest, onText?: (piece: string) => void): Promise<OneAnswer>;
  close(): void;
}

type Ending = Pick<OneAnswer, 'outcome' | 'status'>;

/** Why we cut a request off ourselves. */
class CutOff extends Error {
  readonly outcome: 'timeout' | 'aborted';

  constructor(outcome: 'timeout' | 'aborted') {
    super(outcome);
    this.outcome = outcome;
  }
}

async function readEnding(
  response: http.IncomingMessage,
  onText: ((piece: string) => void) | undefined,
): Promise<Ending> {
  const status = response.statusCode ?? 0;
  if (onText === undefined || status >= 400) response.resume();
  else response.setEncoding('utf8').on('data', onText);
  await finished(response);
  return { outcome: status >= 400 ? 'http-error' : 'ok', status };
}

function endingOf(error: unknown): Ending {
  const outcome = error instanceof CutOff ? error.outcome : outcomeOfError(error);
  return { outcome, status: null };
}

/** Resolves with the answer's head; rejects when the connection fails or the request is cut off. */
function answerOf(request: http.ClientRequest): Promise<http.IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  request.once('response', resolve);
  request.on('error', reject);
  request.end();
  return promise;
}

/** `now` gives the wall clock; durations come from a steady one. */
export function createRequestSender(now: () => EpochMs): RequestSender {
  const underWay = new Set<http.ClientRequest>();

  return {
    async send({ url, headers = {}, timeoutMs }, onText) {
      const startedAt = now();
      const steadyStart = performance.now();
      const module = url.startsWith('https:') ? https : http;
      // agent false: a connection for this request alone, so that a balancer chooses anew.
      const request = module.request(url, { agent: false, headers });
      underWay.add(request);
      const timer = setTimeout(() => request.destroy(new CutOff('timeout')), timeoutMs);
      const ending = await answerOf(request)
        .then((response) => readEnding(response, onText))
        .catch(endingOf);
      clearTimeout(timer);
      underWay.delete(request);
      const durationMs = Math.round((performance.now() - steadyStart) * 10) / 10;
      return { startedAt, endedAt: startedAt + Math.round(durationMs), durationMs, ...ending };
    },
    close() {
      for (const request of underWay) request.destroy(new CutOff('aborted'));
    },
  };
}
