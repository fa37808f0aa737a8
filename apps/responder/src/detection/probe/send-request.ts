import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
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
  /** Empty unless the request asked for it. */
  readonly text: string;
}

/** Sends requests without reusing connections; `close` cuts off what is under way, which then ends as `aborted`. */
export interface RequestSender {
  send(one: OneRequest, keepText?: boolean): Promise<OneAnswer>;
  close(): void;
}

type Ending = Pick<OneAnswer, 'outcome' | 'status' | 'text'>;

/** Why we cut a request off ourselves. */
class CutOff extends Error {
  readonly outcome: 'timeout' | 'aborted';

  constructor(outcome: 'timeout' | 'aborted') {
    super(outcome);
    this.outcome = outcome;
  }
}

async function readEnding(response: http.IncomingMessage, keepText: boolean): Promise<Ending> {
  const status = response.statusCode ?? 0;
  const outcome = status >= 400 ? 'http-error' : 'ok';
  if (keepText) return { outcome, status, text: await text(response) };
  response.resume();
  await finished(response);
  return { outcome, status, text: '' };
}

function endingOf(error: unknown): Ending {
  const outcome = error instanceof CutOff ? error.outcome : outcomeOfError(error);
  return { outcome, status: null, text: '' };
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
    async send({ url, headers = {}, timeoutMs }, keepText = false) {
      const startedAt = now();
      const steadyStart = performance.now();
      const module = url.startsWith('https:') ? https : http;
      // agent false: a connection for this request alone, so that a balancer chooses anew.
      const request = module.request(url, { agent: false, headers });
      underWay.add(request);
      const timer = setTimeout(() => request.destroy(new CutOff('timeout')), timeoutMs);
      const ending = await answerOf(request)
        .then((response) => readEnding(response, keepText))
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
