import { dated, type Condition, type Taint } from '#store';

const UNREACHABLE = 'node.kubernetes.io/unreachable';
const NOT_READY = 'node.kubernetes.io/not-ready';
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';
const OURS = new Set([UNREACHABLE, NOT_READY, UNSCHEDULABLE]);

/** The conditions of a node whose kubelet is silent: all Unknown, the last heartbeat kept. */
export function silentConditions(before: readonly Condition[], now: string): Condition[] {
  const silence = {
    status: 'Unknown',
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
  } as const;
  return before.map((condition) => dated({ ...condition, ...silence }, before, now));
}

/** The taints that follow from a node's Ready condition and its cordon; taints of others stay as they are. */
export function taintsFor(
  before: readonly Taint[],
  { ready, unschedulable, now }: { ready: Condition['status']; unschedulable: boolean; now: string },
): Taint[] {
  const wanted: Taint[] = [];
  if (unschedulable) wanted.push({ key: UNSCHEDULABLE, effect: 'NoSchedule' });
  if (ready !== 'True') {
    const key = ready === 'Unknown' ? UNREACHABLE : NOT_READY;
    wanted.push({ key, effect: 'NoSchedule' }, { key, effect: 'NoExecute' });
  }
  const kept = before.filter((taint) => !OURS.has(taint.key));
  const timed = wanted.map((taint) => {
    const last = before.find(({ key, effect }) => key === taint.key && effect === taint.effect);
    return { ...taint, timeAdded: last?.timeAdded ?? now };
  });
  return [...kept, ...timed];
}
