import { Agent, request } from 'undici';
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
  close(): Promise<void>;
}

type Ending = Pick<OneAnswer, 'outcome' | 'status' | 'text'>;

/** `now` gives the wall clock; durations come from a steady one. */
export function createRequestSender(now: () => EpochMs): RequestSender {
  // pipelining 0 closes each connection after its answer: a new client may land on another pod.
  const agent = new Agent({ pipelining: 0, keepAliveTimeout: 1 });
  let closed = false;

  async function attempt(
    { url, headers = {} }: OneRequest,
    signal: AbortSignal,
    keep: boolean,
  ): Promise<Ending> {
    const answer = await request(url, { dispatcher: agent, headers, signal });
    const text = keep ? await answer.body.text() : '';
    if (!keep) await answer.body.dump({ limit: 1_000_000, signal });
    const status = answer.statusCode;
    return { outcome: status >= 400 ? 'http-error' : 'ok', status, text };
  }

  return {
    async send(one, keepText = false) {
      const startedAt = now();
      const steadyStart = performance.now();
      const controller = new AbortController();
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        controller.abort();
      }, one.timeoutMs);
      const ending = await attempt(one, controller.signal, keepText).catch((error: unknown): Ending => {
        const outcome = late ? 'timeout' : closed ? 'aborted' : outcomeOfError(error);
        return { outcome, status: null, text: '' };
      });
      clearTimeout(timer);
      const durationMs = Math.round((performance.now() - steadyStart) * 10) / 10;
      return { startedAt, endedAt: startedAt + Math.round(durationMs), durationMs, ...ending };
    },
    async close() {
      closed = true;
      await agent.destroy();
    },
  };
}
