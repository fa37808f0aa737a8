import { createHash } from 'node:crypto';
import {
  dated,
  type Condition,
  type Container,
  type ContainerStatus,
  type Pod,
  type PodStatus,
} from '#store';
import type { ContainerRecord } from './container-record.ts';

/** What a pod's status is computed from. */
export interface PodFacts {
  pod: Pod;
  containers: readonly ContainerRecord[];
  podIp: string;
  nodeIp: string;
  /** RFC 3339 in whole seconds. */
  now: string;
}

/** The status that a kubelet posts. Times of transition stay where a condition's status stays. */
export function podStatus({ pod, containers, podIp, nodeIp, now }: PodFacts): PodStatus {
  const before = pod.status ?? {};
  const phase = phaseOf(pod, containers);
  return {
    ...before,
    phase,
    conditions: mergeConditions(before.conditions ?? [], conditionsOf(pod, containers, phase), now),
    hostIP: nodeIp,
    hostIPs: [{ ip: nodeIp }],
    podIP: podIp,
    podIPs: [{ ip: podIp }],
    startTime: before.startTime ?? now,
    containerStatuses: containers.map((record) =>
      containerStatus(record, pod.spec.containers.find(({ name }) => name === record.name)?.resources),
    ),
    observedGeneration: pod.metadata.generation,
  };
}

function phaseOf(pod: Pod, containers: readonly ContainerRecord[]): NonNullable<PodStatus['phase']> {
  const ended = containers.filter((container) => container.state.terminated !== undefined);
  const neverRan = containers.filter(
    (c) => c.state.waiting !== undefined && c.lastState.terminated === undefined,
  );
  if (neverRan.length > 0) return 'Pending';
  const final = pod.spec.restartPolicy === 'Never' || pod.metadata.deletionTimestamp !== undefined;
  const failed = ended.some((container) => container.state.terminated?.exitCode !== 0);
  if (ended.length < containers.length || pod.spec.restartPolicy === 'Always') {
    return final && ended.length === containers.length ? endPhase(failed) : 'Running';
  }
  if (pod.spec.restartPolicy === 'OnFailure' && failed && !final) return 'Running';
  return endPhase(failed);
}

function endPhase(failed: boolean): 'Succeeded' | 'Failed' {
  return failed ? 'Failed' : 'Succeeded';
}

function containerStatus(record: ContainerRecord, resources: Container['resources']): ContainerStatus {
  const digest = createHash('sha256').update(record.image).digest('hex');
  const pulled = record.containerId !== undefined;
  return {
    name: record.name,
    image: record.image,
    imageID: pulled ? `sha256:${digest}` : '',
    containerID: record.containerId,
    ready: record.ready,
    started: record.started,
    restartCount: record.restartCount,
    allocatedResources: resources?.requests,
    resources,
    state: record.state,
    lastState: record.lastState,
  };
}

function conditionsOf(pod: Pod, containers: readonly ContainerRecord[], phase: string): Condition[] {
  const unready = containers.filter((container) => !container.ready).map((container) => container.name);
  const running = containers.some(
    (container) => container.containerId !== undefined && !container.state.terminated,
  );
  const over = phase === 'Succeeded' || phase === 'Failed';
  const message = `containers with unready status: [${unready.join(' ')}]`;
  const unreadiness: Omit<Condition, 'type'> = over
    ? { status: 'False', reason: phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed' }
    : { status: 'False', reason: 'ContainersNotReady', message };
  const readiness = unready.length === 0 ? { status: 'True' as const } : unreadiness;
  const observedGeneration = pod.metadata.generation;
  const conditions: Condition[] = [
    { type: 'PodReadyToStartContainers', status: running || !over ? 'True' : 'False' },
    { type: 'Initialized', status: 'True', ...(over ? { reason: 'PodCompleted' } : {}) },
    { type: 'Ready', ...readiness },
    { type: 'ContainersReady', ...readiness },
    { type: 'PodScheduled', status: 'True' },
  ];
  return conditions.map((condition) => ({ ...condition, observedGeneration, lastProbeTime: null }));
}

/** Conditions of others (such as DisruptionTarget) stay as they are. */
function mergeConditions(before: readonly Condition[], own: readonly Condition[], now: string): Condition[] {
  const others = before.filter((condition) => own.every((mine) => mine.type !== condition.type));
  return [...others, ...own.map((condition) => dated(condition, before, now))];
}
