import { selects, servicePods, type ContainerFact, type DirectRead, type Facts } from '#facts';
import type { EventFact, LogSignature, NodeFact, PodFact, ServiceFact, WorkloadFact } from '#facts';

/** The facts, sorted for the scenarios. */
export interface CaseFile {
  readonly facts: Facts;
  /** Pods of the service that are not being deleted. */
  readonly living: readonly PodFact[];
  /** Pods of the service, those being deleted included. */
  readonly pods: readonly PodFact[];
  readonly workload: WorkloadFact | null;
  /** `deployment/NAME` of the watched service. */
  readonly workloadSubject: string;
  readonly service: ServiceFact | null;
  /** Newest direct read of a pod within 20 s. */
  readonly newestRead: (pod: PodFact) => DirectRead | null;
  /** Nodes whose pods all time out while pods elsewhere answer. */
  readonly silentNodes: ReadonlySet<string>;
  /** Nodes that cannot be counted on: silent, or not Ready. What happens on them is the node's doing. */
  readonly lostNodes: ReadonlySet<string>;
  /** Events about a subject of the last `withinMs`. */
  readonly eventsOf: (subject: string, withinMs: number) => readonly EventFact[];
}

const readFreshMs = 20_000;

function newestReads(facts: Facts): ReadonlyMap<string, DirectRead> {
  const newest = new Map<string, DirectRead>();
  for (const read of facts.directReads) {
    const known = newest.get(read.subject);
    if (read.at > facts.at - readFreshMs && (known === undefined || read.at > known.at))
      newest.set(read.subject, read);
  }
  return newest;
}

function findSilentNodes(pods: readonly PodFact[], readOf: CaseFile['newestRead']): ReadonlySet<string> {
  const silent = new Map<string, boolean>();
  let answering = false;
  for (const pod of pods) {
    const read = readOf(pod);
    if (read === null || pod.nodeName === null) continue;
    const isSilent = read.outcome === 'timeout';
    answering ||= !isSilent;
    silent.set(pod.nodeName, (silent.get(pod.nodeName) ?? true) && isSilent);
  }
  const names = [...silent].filter(([, is]) => is).map(([name]) => name);
  return new Set(answering ? names : []);
}

function notReady(nodes: readonly NodeFact[]): readonly string[] {
  return nodes.filter((node) => node.ready !== 'True').map((node) => node.name);
}

/** Sorts the facts once for all scenarios. */
export function openCaseFile(facts: Facts): CaseFile {
  const { cluster, service } = facts;
  const pods = servicePods(facts);
  const newest = newestReads(facts);
  const newestRead = (pod: PodFact) => newest.get(`pod/${pod.name}`) ?? null;
  const silentNodes = findSilentNodes(pods, newestRead);
  const workload = cluster.workloads.find(
    (one) => one.kind === 'deployment' && one.name === service.deployment,
  );
  return {
    facts,
    pods,
    living: pods.filter((pod) => pod.deletionAt === null),
    workload: workload ?? null,
    workloadSubject: `deployment/${service.deployment}`,
    service: cluster.services.find((one) => one.name === service.service) ?? null,
    newestRead,
    silentNodes,
    lostNodes: new Set([...silentNodes, ...notReady(cluster.nodes)]),
    eventsOf: (subject, withinMs) =>
      cluster.events.filter((one) => one.subject === subject && one.at > facts.at - withinMs),
  };
}

/** Living pods whose trouble is their own: not on a lost node. */
export function podsOfTheirOwn(file: CaseFile): readonly PodFact[] {
  return file.living.filter((pod) => pod.nodeName === null || !file.lostNodes.has(pod.nodeName));
}

const signatureFreshMs = 60_000;

/**
 * Log signatures that speak of the present. Pods without traffic fall silent although nothing is better, so while pods are
 * not ready the last 5 minutes count.
 */
export function presentSignatures({ facts, living }: CaseFile): readonly LogSignature[] {
  if (living.some((pod) => !pod.ready)) return facts.logSignatures;
  return facts.logSignatures.filter((one) => one.lastAt > facts.at - signatureFreshMs);
}

/** A container of a pod, with its pod. */
export interface PodContainer {
  readonly pod: PodFact;
  readonly container: ContainerFact;
}

/** Every container of the living pods that are not on a lost node. */
export function ownContainers(file: CaseFile): readonly PodContainer[] {
  return podsOfTheirOwn(file).flatMap((pod) => pod.containers.map((container) => ({ pod, container })));
}

/** A dependency of the configuration, found among the workloads, with its pods and services. */
export interface Dependency {
  readonly subject: string;
  readonly workload: WorkloadFact;
  readonly pods: readonly PodFact[];
  readonly services: readonly ServiceFact[];
}

/** The configured dependencies that exist as workloads. */
export function dependencies({ facts }: CaseFile): readonly Dependency[] {
  const { cluster } = facts;
  return facts.service.dependencies.flatMap((subject) => {
    const workload = cluster.workloads.find((one) => `${one.kind}/${one.name}` === subject);
    if (workload === undefined) return [];
    const pods = cluster.pods.filter(
      (pod) => pod.namespace === workload.namespace && selects(workload.selector, pod.labels),
    );
    const services = cluster.services.filter((one) => selects(one.selector, workload.selector));
    return [{ subject, workload, pods, services }];
  });
}
