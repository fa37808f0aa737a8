import { conditionOf, dated, type Condition, type Deployment, type ReplicaSet } from '#store';

type Status = NonNullable<Deployment['status']>;

/** What a Deployment's status is computed from. */
export interface DeploymentFacts {
  deployment: Deployment;
  current: ReplicaSet;
  all: readonly ReplicaSet[];
  /** `replicas - maxUnavailable`. */
  minAvailable: number;
  /** RFC 3339 in whole seconds. */
  now: string;
  /** True on the pass that made the current ReplicaSet. */
  created: boolean;
}

/** The counts and the conditions Available and Progressing, with Kubernetes' reasons and messages. */
export function deploymentStatus(facts: DeploymentFacts): Status {
  const { deployment, current, all } = facts;
  const total = sum(all, (set) => set.status?.replicas);
  const available = sum(all, (set) => set.status?.availableReplicas);
  const counts: Status = {
    observedGeneration: deployment.metadata.generation ?? 0,
    replicas: total,
    updatedReplicas: current.status?.replicas ?? 0,
    readyReplicas: sum(all, (set) => set.status?.readyReplicas),
    availableReplicas: available,
  };
  const unavailable = Math.max(0, Math.max(total, deployment.spec.replicas ?? 1) - available);
  if (unavailable > 0) counts.unavailableReplicas = unavailable;
  const before = deployment.status?.conditions ?? [];
  const conditions = [progressing(facts, counts), availability(facts, available), ...failures(current)].map(
    (condition) => datedTwice(condition, before, facts.now),
  );
  return { ...counts, conditions };
}

function failures({ status }: ReplicaSet): Condition[] {
  return (status?.conditions ?? []).filter(({ type }) => type === 'ReplicaFailure');
}

function availability({ minAvailable }: DeploymentFacts, available: number): Condition {
  const has = available >= minAvailable;
  return {
    type: 'Available',
    status: has ? 'True' : 'False',
    reason: has ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: `Deployment ${has ? 'has' : 'does not have'} minimum availability.`,
  };
}

/** Whether all pods are new, available and none is left over. */
export function isComplete(deployment: Deployment, counts: Status): boolean {
  const wanted = deployment.spec.replicas ?? 1;
  return (
    counts.updatedReplicas === wanted && counts.replicas === wanted && counts.availableReplicas === wanted
  );
}

function progressing(facts: DeploymentFacts, counts: Status): Condition {
  const { deployment, now } = facts;
  const before = conditionOf(deployment, 'Progressing');
  const progress = progressOf(facts, counts, before);
  // Progress is what moves this time on; the deadline counts from it.
  const moved = hasProgressed(deployment.status, counts) || before?.reason !== progress.reason;
  return { type: 'Progressing', ...progress, lastUpdateTime: moved ? now : (before?.lastUpdateTime ?? now) };
}

type Progress = Pick<Condition, 'status' | 'reason' | 'message'>;

function says(reason: string, message: string): Progress {
  return { status: 'True', reason, message };
}

function progressOf(
  { deployment, current, created, now }: DeploymentFacts,
  counts: Status,
  before: Condition | undefined,
): Progress {
  const { name } = current.metadata;
  const updated = says('ReplicaSetUpdated', `ReplicaSet "${name}" is progressing.`);
  if (created) return says('NewReplicaSetCreated', `Created new replica set "${name}"`);
  if (isComplete(deployment, counts) || staysComplete(deployment, counts, before))
    return says('NewReplicaSetAvailable', `ReplicaSet "${name}" has successfully progressed.`);
  if (hasProgressed(deployment.status, counts)) return updated;
  if (deadlineLeftMs(deployment, now) <= 0) {
    const late = says('ProgressDeadlineExceeded', `ReplicaSet "${name}" has timed out progressing.`);
    return { ...late, status: 'False' };
  }
  if (before?.reason === undefined) return updated;
  return { status: before.status, reason: before.reason, message: before.message };
}

/** Pods that die after a finished rollout do not begin a new one. */
function staysComplete(
  { status, metadata }: Deployment,
  counts: Status,
  before: Condition | undefined,
): boolean {
  const sameSpec = status?.observedGeneration === metadata.generation;
  return (
    before?.reason === 'NewReplicaSetAvailable' && sameSpec && counts.updatedReplicas === counts.replicas
  );
}

function hasProgressed(before: Status | undefined, now: Status): boolean {
  const old = ({ replicas = 0, updatedReplicas = 0 }: Status) => replicas - updatedReplicas;
  const grown = (['updatedReplicas', 'readyReplicas', 'availableReplicas'] as const).some(
    (count) => (now[count] ?? 0) > (before?.[count] ?? 0),
  );
  return grown || old(now) < old(before ?? {});
}

/** Milliseconds until a rollout counts as stuck; infinite while none is under way. */
export function deadlineLeftMs(deployment: Deployment, now: string): number {
  const condition = conditionOf(deployment, 'Progressing');
  if (condition === undefined || condition.reason === 'NewReplicaSetAvailable')
    return Number.POSITIVE_INFINITY;
  const deadlineMs = (deployment.spec.progressDeadlineSeconds ?? 600) * 1_000;
  return Date.parse(condition.lastUpdateTime ?? now) + deadlineMs - Date.parse(now);
}

/** With the time of its last update too, which moves when its reason does. */
function datedTwice(condition: Condition, before: readonly Condition[], now: string): Condition {
  const last = before.find(({ type }) => type === condition.type);
  const unchanged = last?.status === condition.status && last.reason === condition.reason;
  const lastUpdateTime = condition.lastUpdateTime ?? (unchanged ? last.lastUpdateTime : undefined) ?? now;
  return { ...dated(condition, before, now), lastUpdateTime };
}

function sum(sets: readonly ReplicaSet[], of: (set: ReplicaSet) => number | undefined): number {
  return sets.reduce((total, set) => total + (of(set) ?? 0), 0);
}
