import type { Container, Probe } from '#store';
import type { Gate } from './gate.ts';
import { checkProbe, type ProbeFailure } from './probe-check.ts';
import { countProbe, noProbeYet } from './probe-count.ts';

/** Until a container is ready the kubelet probes at each sync of its pod, sooner than the period says. */
const EAGER_PERIOD_MS = 1_000;

/** What a probe loop is told and whom it tells. */
export interface ProbeLoopOptions {
  probe: Probe;
  container: Container;
  ip: string;
  gate: Gate;
  /** Ask more often until the first success. */
  eager: boolean;
  /** Called after each failed check, before the verdict. */
  onFailedCheck(failure: string): void;
  /** Called when the verdict turns. */
  onVerdict(ok: boolean): void;
}

/** Probes a running container again and again until the returned function is called. */
export function runProbeLoop(options: ProbeLoopOptions): () => void {
  const { probe, container, ip, gate } = options;
  const periodMs = (probe.periodSeconds ?? 10) * 1_000;
  let count = noProbeYet;
  let stopped = false;
  let timer: NodeJS.Timeout;

  const record = (failure: ProbeFailure) => {
    const before = count.verdict;
    count = countProbe(count, failure === undefined, probe);
    if (failure !== undefined) options.onFailedCheck(failure);
    if (count.verdict !== before && count.verdict !== 'unknown')
      options.onVerdict(count.verdict === 'success');
  };
  const tick = async () => {
    if (gate.isOpen) {
      const failure = await checkProbe(probe, container, ip);
      // A result that arrives after the container ended, or while its node is frozen, says nothing.
      if (!stopped && gate.isOpen) record(failure);
    }
    const hasten = options.eager && count.verdict !== 'success';
    if (!stopped)
      timer = setTimeout(() => void tick(), hasten ? Math.min(EAGER_PERIOD_MS, periodMs) : periodMs);
  };
  timer = setTimeout(() => void tick(), (probe.initialDelaySeconds ?? 0) * 1_000 + (options.eager ? 200 : 0));
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
