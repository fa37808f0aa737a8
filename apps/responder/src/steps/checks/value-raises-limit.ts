import type { LiveView } from '../live-view.ts';
import type { MemoryLimit } from '../prepare/memory-limits.ts';
import type { PreCheck, Verdict } from './pre-check.ts';

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function raises({ container, bytes, text }: MemoryLimit, { workloadPods }: LiveView): Verdict {
  const own = workloadPods
    .filter((pod) => pod.deletionAt === null)
    .flatMap((pod) => pod.containers.filter((one) => one.name === container));
  if (own.length === 0) return { ok: false, text: `no pod has a container ${container}` };
  const limits = own.map((one) => one.memoryLimitBytes ?? Infinity);
  const now = Math.max(...limits);
  if (now === Infinity)
    return { ok: false, text: `${container} has no memory limit now: ${text} would be one` };
  return { ok: bytes > now, text: `${container} has ${megabytes(now)} now and would have ${text}` };
}

/** A fixed value in a document may be less than what the pods have by now: a limit only goes up. */
export const valueRaisesLimit: PreCheck = {
  name: 'value-raises-limit',
  before: ['memory-limit'],
  check({ live, change }) {
    if (change.kind !== 'memory-limit') return { ok: true, text: 'no limit is changed' };
    const verdicts = change.limits.map((limit) => raises(limit, live));
    return { ok: verdicts.every(({ ok }) => ok), text: verdicts.map(({ text }) => text).join('; ') };
  },
};
