import { servicePods, type ClusterFacts, type ContainerFact, type EpochMs, type Facts } from '#facts';
import type { PodFact, WorkloadFact } from '#facts';
import type { DetectorKind } from '@tocsin/runbook';
import { limits } from './limits.ts';

/** One thing that Kubernetes' objects say is wrong (class C). */
export interface ClusterTrouble {
  readonly key: string;
  readonly detector: DetectorKind;
  readonly subject: string;
  readonly summary: string;
  /** How long it has to last before it is worth a notice without any harm, milliseconds. */
  readonly holdMs: number;
}

export interface ClusterView {
  readonly readable: boolean;
  readonly troubles: readonly ClusterTrouble[];
  readonly readyEndpoints: number;
  readonly wantedReplicas: number | null;
}

const badWaits = new Set([
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

const crashMemoryMs = 60_000;

interface PodWords {
  readonly detector: DetectorKind;
  readonly words: string;
  readonly holdMs: number;
}

function containerWords(one: ContainerFact, at: EpochMs): PodWords | null {
  if (one.state === 'waiting' && badWaits.has(one.reason ?? '')) {
    const detector = one.reason === 'CrashLoopBackOff' ? 'crash-loop' : 'health-check';
    return { detector, words: `${one.name} ${one.reason}`, holdMs: 5000 };
  }
  const end = one.lastTermination;
  if (end === null || end.exitCode === 0 || at - (end.finishedAt ?? 0) >= crashMemoryMs) return null;
  const words = `${one.name} ended with ${end.reason} (exit code ${end.exitCode})`;
  return { detector: 'crash-loop', words, holdMs: 20_000 };
}

function unreadyWords(pod: PodFact, at: EpochMs): PodWords | null {
  if (pod.ready || at - pod.createdAt <= limits.startUpMs) return null;
  const words = pod.phase === 'Pending' ? 'Pending' : 'Ready=False';
  return { detector: 'health-check', words, holdMs: 20_000 };
}

function podTroubles(pod: PodFact, at: EpochMs): readonly ClusterTrouble[] {
  if (pod.deletionAt !== null || pod.phase === 'Succeeded') return [];
  const [first] = pod.containers.flatMap((one) => containerWords(one, at) ?? []);
  const found = first ?? unreadyWords(pod, at);
  if (found === null) return [];
  const subject = `pod/${pod.name}`;
  const { detector, words, holdMs } = found;
  return [{ key: `C:${subject}`, detector, subject, summary: `${pod.name}: ${words}`, holdMs }];
}

function endpointTrouble(
  facts: Facts,
  ready: number,
  wanted: WorkloadFact | null,
): readonly ClusterTrouble[] {
  if (ready > 0 || !facts.cluster.services.some((one) => one.name === facts.service.service)) return [];
  const subject = `service/${facts.service.service}`;
  const summary = `${facts.service.service} has no ready endpoint (${wanted?.replicas ?? '?'} replicas wanted)`;
  return [{ key: `C:${subject}`, detector: 'health-check', subject, summary, holdMs: 5000 }];
}

function nodeTroubles({ nodes }: ClusterFacts): readonly ClusterTrouble[] {
  return nodes
    .filter((node) => node.ready !== 'True')
    .map((node) => ({
      key: `C:node/${node.name}`,
      detector: 'node-failure' as const,
      subject: `node/${node.name}`,
      summary: `${node.name} is Ready=${node.ready}`,
      holdMs: 20_000,
    }));
}

function dependencyTroubles(facts: Facts): readonly ClusterTrouble[] {
  return facts.service.dependencies.flatMap((subject) => {
    const [kind, name] = subject.split('/');
    const found = facts.cluster.workloads.find((one) => one.kind === kind && one.name === name);
    if (found === undefined || found.readyReplicas > 0) return [];
    const summary = `${subject} has no ready pod (${found.replicas} wanted)`;
    return [{ key: `C:${subject}`, detector: 'health-check' as const, subject, summary, holdMs: 15_000 }];
  });
}

/**
 * The Service sends to a port that no pod declares. A declared port is a statement only, so this counts while nobody is served,
 * and is never a notice by itself.
 */
function portTrouble(facts: Facts): readonly ClusterTrouble[] {
  const service = facts.cluster.services.find((one) => one.name === facts.service.service);
  const targets = service?.targetPorts ?? [];
  const containers = servicePods(facts).flatMap((pod) => pod.containers);
  const declared = new Set(containers.flatMap((one) => one.ports ?? []));
  if (targets.length === 0 || declared.size === 0 || targets.some((port) => declared.has(port))) return [];
  const subject = `service/${facts.service.service}`;
  const summary = `${facts.service.service} sends to port ${targets.join(', ')}, which no pod declares`;
  return [{ key: `C:port:${subject}`, detector: 'health-check', subject, summary, holdMs: Infinity }];
}

/** What the watched objects say is wrong with the service, its nodes and its dependencies. Pods of others are not looked at. */
export function clusterView(facts: Facts, noneServed: boolean): ClusterView {
  const { cluster, service } = facts;
  const wanted =
    cluster.workloads.find((one) => one.kind === 'deployment' && one.name === service.deployment) ?? null;
  const readyEndpoints = cluster.endpoints.filter(
    (one) => one.service === service.service && one.ready && !one.terminating,
  ).length;
  const troubles = cluster.readable
    ? [
        ...endpointTrouble(facts, readyEndpoints, wanted),
        ...servicePods(facts).flatMap((pod) => podTroubles(pod, facts.at)),
        ...nodeTroubles(cluster),
        ...dependencyTroubles(facts),
        ...(noneServed ? portTrouble(facts) : []),
      ]
    : [];
  return { readable: cluster.readable, troubles, readyEndpoints, wantedReplicas: wanted?.replicas ?? null };
}
