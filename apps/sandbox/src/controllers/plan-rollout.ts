/** One ReplicaSet of a Deployment, as the rollout sees it. */
export interface RolloutSet {
  name: string;
  /** Wanted pods. */
  size: number;
  /** Pods that count as available. */
  available: number;
  /** Pods that exist, terminating ones left out. */
  existing: number;
}

/** The state of a rollout; old sets from the oldest on. */
export interface RolloutFacts {
  strategy: 'RollingUpdate' | 'Recreate';
  replicas: number;
  /** Pods above `replicas` that may exist meanwhile. */
  maxSurge: number;
  /** Pods below `replicas` that may be missing meanwhile. */
  maxUnavailable: number;
  current: RolloutSet;
  old: readonly RolloutSet[];
  /** Pods of old sets that are still ending. */
  oldTerminating: number;
}

/** A set and the size it shall have. */
export interface Scale {
  name: string;
  from: number;
  to: number;
}

/** The next sizes, as Kubernetes' deployment controller computes them. Empty when there is nothing to do yet. */
export function planRollout(facts: RolloutFacts): Scale[] {
  return facts.strategy === 'Recreate' ? planRecreate(facts) : planRollingUpdate(facts);
}

function planRecreate({ replicas, current, old, oldTerminating }: RolloutFacts): Scale[] {
  const down = old.flatMap((set) => scaled(set, 0));
  const oldLeft = old.some((set) => set.existing > 0) || oldTerminating > 0;
  return down.length > 0 || oldLeft ? down : scaled(current, replicas);
}

function planRollingUpdate(facts: RolloutFacts): Scale[] {
  const { replicas, maxSurge, current, old } = facts;
  const total = sum(old, (set) => set.size) + current.size;
  if (current.size > replicas) return scaled(current, replicas);
  const room = Math.min(replicas + maxSurge - total, replicas - current.size);
  return room > 0 ? scaled(current, current.size + room) : planOld(facts, total);
}

function planOld({ replicas, maxUnavailable, current, old }: RolloutFacts, total: number): Scale[] {
  const minAvailable = replicas - maxUnavailable;
  const cleanable = total - minAvailable - (current.size - current.available);
  if (cleanable <= 0) return [];
  const sizes = new Map(old.map((set) => [set.name, set.size]));
  takeUnhealthy(old, sizes, cleanable);
  const available = sum(old, (set) => Math.min(set.available, sizes.get(set.name) ?? 0)) + current.available;
  takeHealthy(old, sizes, available - minAvailable);
  return old.flatMap((set) => scaled(set, sizes.get(set.name) ?? set.size));
}

/** Pods that do not serve go first: taking them away costs nothing. */
function takeUnhealthy(old: readonly RolloutSet[], sizes: Map<string, number>, limit: number): void {
  let left = limit;
  for (const set of old) {
    const taken = Math.max(0, Math.min(left, set.size - set.available));
    sizes.set(set.name, set.size - taken);
    left -= taken;
  }
}

function takeHealthy(old: readonly RolloutSet[], sizes: Map<string, number>, limit: number): void {
  let left = Math.max(0, limit);
  for (const { name } of old) {
    const size = sizes.get(name) ?? 0;
    const taken = Math.min(left, size);
    sizes.set(name, size - taken);
    left -= taken;
  }
}

function scaled(set: RolloutSet, to: number): Scale[] {
  return set.size === to ? [] : [{ name: set.name, from: set.size, to }];
}

function sum(sets: readonly RolloutSet[], of: (set: RolloutSet) => number): number {
  return sets.reduce((total, set) => total + of(set), 0);
}

/** A surge or unavailability as a count of pods; percentages round up for a surge and down for unavailability. */
export function podCount(value: number | string | undefined, replicas: number, round: 'up' | 'down'): number {
  const text = String(value ?? '25%');
  if (!text.endsWith('%')) return Number(text);
  const exact = (Number(text.slice(0, -1)) * replicas) / 100;
  return round === 'up' ? Math.ceil(exact) : Math.floor(exact);
}
