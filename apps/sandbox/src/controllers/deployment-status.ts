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
  const conditions = [progressing(facts, counts), availability(facts, available)].map((condition) =>
    dated(condition, before, facts.now),
  );
  return { ...counts, conditions };
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
  const { deployment, current, created, now } = facts;
  const name = current.metadata.name;
  const before = deployment.status?.conditions?.find(({ type }) => type === 'Progressing');
  const make = (status: 'True' | 'False', reason: string, message: string): Condition => ({
    type: 'Progressing',
    status,
    reason,
    message,
    // Progress is what moves this time on; the deadline counts from it.
    lastUpdateTime:
      hasProgressed(deployment.status, counts) || before?.reason !== reason
        ? now
        : (before.lastUpdateTime ?? now),
  });
  if (created) return make('True', 'NewReplicaSetCreated', `Created new replica set "${name}"`);
  if (
    isComplete(deployment, counts) ||
    (before?.reason === 'NewReplicaSetAvailable' && sameRevision(deployment, counts))
  ) {
    return make('True', 'NewReplicaSetAvailable', `ReplicaSet "${name}" has successfully progressed.`);
  }
  if (hasProgressed(deployment.status, counts))
    return make('True', 'ReplicaSetUpdated', `ReplicaSet "${name}" is progressing.`);
  if (deadlineLeftMs(deployment, now) <= 0) {
    return make('False', 'ProgressDeadlineExceeded', `ReplicaSet "${name}" has timed out progressing.`);
  }
  return before ?? make('True', 'ReplicaSetUpdated', `ReplicaSet "${name}" is progressing.`);
}

/** Pods that die after a finished rollout do not begin a new one. */
function sameRevision(deployment: Deployment, counts: Status): boolean {
  return (
    deployment.status?.observedGeneration === deployment.metadata.generation &&
    counts.updatedReplicas === counts.replicas
  );
}

function hasProgressed(before: Status | undefined, now: Status): boolean {
  const old = (status: Status | undefined) => (status?.replicas ?? 0) - (status?.updatedReplicas ?? 0);
  return (
    (now.updatedReplicas ?? 0) > (before?.updatedReplicas ?? 0) ||
    old(now) < old(before) ||
    (now.readyReplicas ?? 0) > (before?.readyReplicas ?? 0) ||
    (now.availableReplicas ?? 0) > (before?.availableReplicas ?? 0)
  );
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
