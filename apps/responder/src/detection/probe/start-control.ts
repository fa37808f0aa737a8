import type { ControlSample, EpochMs } from '#facts';
import type { RequestSender } from './send-request.ts';

const everyMs = 5000;
const limitMs = 2000;
const keep = 20;

/** The control target on another path: any answer at all means that we are not cut off. */
export interface Control {
  samples(): readonly ControlSample[];
  /** Asks now; resolves when the answer or its limit (2 s) came. */
  look(): Promise<void>;
  stop(): void;
}

/** Asks the control target every 5 s; without a url there is none, and nothing is known. */
export function startControl(url: string | undefined, sender: RequestSender, now: () => EpochMs): Control {
  let samples: readonly ControlSample[] = [];
  const look = async () => {
    if (url === undefined) return;
    const { outcome } = await sender.send({ url, timeoutMs: limitMs });
    if (outcome === 'aborted') return;
    const reachable = outcome === 'ok' || outcome === 'http-error';
    samples = [...samples, { at: now(), reachable }].slice(-keep);
  };
  const timer = setInterval(() => void look(), everyMs).unref();
  void look();
  return { samples: () => samples, look, stop: () => clearInterval(timer) };
}
