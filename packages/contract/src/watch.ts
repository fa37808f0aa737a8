import { readEventStream } from './event-stream.ts';
import { ProblemError } from './problem-error.ts';
import type { StreamEvent, StreamEventName } from './stream.ts';

/** Whether what is shown is fresh. `since` is when that state began, epoch milliseconds. */
export interface Liveness {
  readonly state: 'live' | 'reconnecting';
  readonly since: number;
}

export interface WatchOptions {
  readonly onEvent: (event: StreamEvent) => void;
  readonly onLiveness?: (liveness: Liveness) => void;
  /** Called when the responder refuses the stream for good (signed out, no rights); the watch then ends. */
  readonly onRefused?: (error: ProblemError) => void;
  readonly signal?: AbortSignal;
}

/** Opens the stream; `signal` ends it, `lastEventId` asks for what was missed. Throws ProblemError when refused. */
export type OpenStream = (
  lastEventId: string | null,
  signal: AbortSignal,
) => Promise<ReadableStream<Uint8Array>>;

/** The responder speaks at least every 2 s: a silence of this length means that the line is dead. */
const silenceMs = 7_000;
const longestPauseMs = 5_000;

/** Follows the stream until `signal` aborts: reconnects by itself, resumes where it stopped, and says when it is not live. */
export async function watchStream(open: OpenStream, options: WatchOptions): Promise<void> {
  const stop = options.signal ?? new AbortController().signal;
  const liveness = createLiveness(options.onLiveness);
  let lastEventId: string | null = null;
  let pauseMs = 250;
  while (!stop.aborted) {
    try {
      await followOnce(open, { ...options, lastEventId, stop }, (id) => {
        lastEventId = id ?? lastEventId;
        pauseMs = 250;
        liveness('live');
      });
    } catch (error) {
      if (isFinal(error)) {
        options.onRefused?.(error);
        return;
      }
    }
    if (stop.aborted) return;
    liveness('reconnecting');
    await pause(pauseMs, stop);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

function isFinal(error: unknown): error is ProblemError {
  return error instanceof ProblemError && (error.problem.status === 401 || error.problem.status === 403);
}

async function followOnce(
  open: OpenStream,
  options: WatchOptions & { lastEventId: string | null; stop: AbortSignal },
  onAlive: (id: string | null) => void,
): Promise<void> {
  const line = new AbortController();
  const silence = createSilenceTimer(() => line.abort(new Error(`no sign of life for ${silenceMs} ms`)));
  const signal = AbortSignal.any([options.stop, line.signal]);
  try {
    const body = await open(options.lastEventId, signal);
    for await (const raw of readEventStream(body)) {
      silence.restart();
      onAlive(raw.id);
      options.onEvent({ name: raw.event as StreamEventName, data: JSON.parse(raw.data) } as StreamEvent);
    }
  } finally {
    silence.stop();
    line.abort();
  }
}

function createSilenceTimer(onSilence: () => void): { restart(): void; stop(): void } {
  let timer = setTimeout(onSilence, silenceMs);
  return {
    restart() {
      clearTimeout(timer);
      timer = setTimeout(onSilence, silenceMs);
    },
    stop: () => clearTimeout(timer),
  };
}

function createLiveness(onLiveness: WatchOptions['onLiveness']): (state: Liveness['state']) => void {
  let last: Liveness['state'] | null = null;
  return (state) => {
    if (state === last) return;
    last = state;
    onLiveness?.({ state, since: Date.now() });
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
