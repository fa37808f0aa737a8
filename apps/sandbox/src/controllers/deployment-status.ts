import type { Condition, Deployment, ReplicaSet } from '#store';

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
    (condition) => dated(condition, before, facts.now),
  );
  return { ...counts, conditions };
}

function failures({ status }: ReplicaSet): Condition[] {
  return (status?.conditions ?? []).filter(({ type }) => type === 'ReplicaFailure');
}

function availability({ minAvailable }: DeploymentFacts, available: number): Condition {
  return available >= minAvailable
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
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
  const before = deployment.status?.conditions?.find(({ type }) => type === 'Progressing');
  const { status, reason, message } = progress(facts, counts, before);
  // Progress is what moves this time on; the deadline counts from it.
  const moved = hasProgressed(deployment.status, counts) || before?.reason !== reason;
  return {
    type: 'Progressing',
    status,
    reason,
    message,
    lastUpdateTime: moved ? now : (before.lastUpdateTime ?? now),
  };
}

type Progress = { status: Condition['status']; reason: string; message: string };

function progress(
  { deployment, current, created, now }: DeploymentFacts,
  counts: Status,
  before: Condition | undefined,
): Progress {
  const set = `replica set "${current.metadata.name}"`;
  const shown = `ReplicaSet "${current.metadata.name}"`;
  if (created) return { status: 'True', reason: 'NewReplicaSetCreated', message: `Created new ${set}` };
  if (isComplete(deployment, counts) || staysComplete(deployment, counts, before)) {
    return {
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: `${shown} has successfully progressed.`,
    };
  }
  const updated: Progress = {
    status: 'True',
    reason: 'ReplicaSetUpdated',
    message: `${shown} is progressing.`,
  };
  if (hasProgressed(deployment.status, counts)) return updated;
  if (deadlineLeftMs(deployment, now) <= 0) {
    return {
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: `${shown} has timed out progressing.`,
    };
  }
  if (before?.reason === undefined) return updated;
  return { status: before.status, reason: before.reason, message: before.message ?? '' };
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
  const condition = deployment.status?.conditions?.find(({ type }) => type === 'Progressing');
  if (condition === undefined || condition.reason === 'NewReplicaSetAvailable')
    return Number.POSITIVE_INFINITY;
  const deadlineMs = (deployment.spec.progressDeadlineSeconds ?? 600) * 1_000;
  return Date.parse(condition.lastUpdateTime ?? now) + deadlineMs - Date.parse(now);
}

function dated(condition: Condition, before: readonly Condition[], now: string): Condition {
  const last = before.find(({ type }) => type === condition.type);
  const same = last?.status === condition.status;
  const unchanged = same && last.reason === condition.reason;
  return {
    ...condition,
    lastTransitionTime: same ? (last.lastTransitionTime ?? now) : now,
    lastUpdateTime: condition.lastUpdateTime ?? (unchanged ? (last.lastUpdateTime ?? now) : now),
  };
}

function sum(sets: readonly ReplicaSet[], of: (set: ReplicaSet) => number | undefined): number {
  return sets.reduce((total, set) => total + (of(set) ?? 0), 0);
}
