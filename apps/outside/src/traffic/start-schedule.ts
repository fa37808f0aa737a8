import { dueAtMs, toSend, type Pace } from './pace.ts';

/** Several even streams on one timer. */
export interface Schedule {
  /** Fires per second of each stream; 0 pauses. Takes effect at once. */
  setRate(perSecond: number): void;
  rate(): number;
}

/** Calls `fire` with the number of the stream for each request due; `streams` streams, shifted evenly against each other. */
export function startSchedule(streams: number, perSecond: number, fire: (stream: number) => void): Schedule {
  const paces: { pace: Pace; done: number }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let rate = perSecond;

  function tick(): void {
    for (const [stream, state] of paces.entries()) {
      const next = toSend(state.pace, state.done, performance.now());
      state.done = next.done;
      for (let n = 0; n < next.send; n += 1) fire(stream);
    }
    const nextAtMs = Math.min(...paces.map(({ pace, done }) => dueAtMs(pace, done)));
    if (nextAtMs !== Infinity) timer = setTimeout(tick, Math.max(1, nextAtMs - performance.now()));
  }

  function setRate(next: number): void {
    clearTimeout(timer);
    rate = next;
    const fromMs = performance.now();
    for (let stream = 0; stream < streams; stream += 1) {
      paces[stream] = { pace: { fromMs, perSecond: rate, phase: stream / streams }, done: 0 };
    }
    tick();
  }

  setRate(perSecond);
  return { setRate, rate: () => rate };
}
