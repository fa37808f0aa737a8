import { servicePods, type ContainerFact, type DirectRead, type Facts, type KubeletAnswer } from '#facts';
import type { EventFact, LogSignature, NodeFact, PodFact, ServiceFact, WorkloadFact } from '#facts';

/** The facts, sorted for the scenarios. */
export interface CaseFile {
  readonly facts: Facts;
  /** Pods of the service that are not being deleted and have not ended for good. */
  readonly living: readonly PodFact[];
  /** Pods of the service, those being deleted included. */
  readonly pods: readonly PodFact[];
  readonly workload: WorkloadFact | null;
  /** `deployment/NAME` of the watched service. */
  readonly workloadSubject: string;
  readonly service: ServiceFact | null;
  /** Newest direct read of a pod within 20 s; where there is none, whether its metrics could be read. */
  readonly newestRead: (pod: PodFact) => DirectRead | null;
  /** Nodes whose pods all time out while pods elsewhere answer. */
  readonly silentNodes: ReadonlySet<string>;
  /** Nodes that cannot be counted on: silent, or not Ready. What happens on them is the node's doing. */
  readonly lostNodes: ReadonlySet<string>;
  /** How long requests from outside have been failing or slow, as far as the last 90 s tell, milliseconds; 0: they are not. */
  readonly harmForMs: number;
  /**
   * The node's kubelet has shown life, by its lease, a log that it gave or news of a pod, after requests began to fail or its pods fell silent: the
   * machine is not gone.
   */
  readonly aliveSinceHarm: (node: NodeFact) => boolean;
  /** Kubelets are being asked, and this one has had no time to answer since requests began to fail or its pods fell silent. */
  readonly mayStillAnswer: (node: NodeFact) => boolean;
  /** Asked for a log after requests began to fail or its pods fell silent, the node's kubelet gave nothing, while another node's did. */
  readonly isMute: (node: NodeFact) => boolean;
  /** The newest two direct reads of a pod both ended without an answer. */
  readonly isSilentTwice: (pod: PodFact) => boolean;
  /** Events about a subject of the last `withinMs`. */
  readonly eventsOf: (subject: string, withinMs: number) => readonly EventFact[];
}

const readFreshMs = 20_000;
/** An answer slower than this harms its client. */
const slowMs = 1000;

function newestReads(facts: Facts): ReadonlyMap<string, DirectRead> {
  const newest = new Map<string, DirectRead>();
  for (const read of facts.directReads) {
    const known = newest.get(read.subject);
    if (read.at > facts.at - readFreshMs && (known === undefined || read.at > known.at))
      newest.set(read.subject, read);
  }
  return newest;
}

function clientsTimeOut({ probes, pending, at }: Facts): boolean {
  const late = probes.filter((one) => one.outcome === 'timeout' && one.endedAt > at - readFreshMs).length;
  return late + pending.filter((one) => at - one.startedAt > slowMs).length >= 2;
}

/**
 * What the newest two rounds of metrics say of each pod. One that missed both is taken to be silent only while clients time out,
 * too: a refused connection fails a scrape just as well.
 */
function scrapeReads(facts: Facts, pods: readonly PodFact[]): ReadonlyMap<string, DirectRead> {
  const [before, newest] = facts.metrics.slice(-2);
  if (before === undefined || newest === undefined || newest.to < facts.at - readFreshMs) return new Map();
  const scraped = new Set(newest.podsScraped);
  const missedBefore = new Set(before.podsMissing);
  const missed = new Set(newest.podsMissing.filter((pod) => missedBefore.has(pod)));
  const silence = clientsTimeOut(facts) ? 'timeout' : 'refused';
  return new Map(
    pods.flatMap(({ name, nodeName }) => {
      if (!scraped.has(name) && !missed.has(name)) return [];
      const subject = `pod/${name}`;
      const outcome = scraped.has(name) ? ('ok' as const) : silence;
      return [[subject, { at: newest.to, subject, nodeName, outcome, status: null, durationMs: 0 }] as const];
    }),
  );
}

/** The first failing request may have begun this long before the fault that fails it. */
const harmBlurMs = 3000;
/** A lease, a pod that the kubelet calls unready while the node is Ready, or its report of a failing probe. */
function isAliveSince(
  node: NodeFact,
  since: number,
  known: { readonly pods: readonly PodFact[]; readonly events: ReadonlyMap<string, readonly EventFact[]> },
): boolean {
  if (node.leaseRenewedAt !== null && node.leaseRenewedAt > since) return true;
  if (node.ready !== 'True') return false;
  return known.pods.some((pod) => {
    if (pod.nodeName !== node.name) return false;
    if (!pod.ready && (pod.readyChangedAt ?? 0) > since) return true;
    return (known.events.get(`pod/${pod.name}`) ?? []).some(
      (one) => one.reason === 'Unhealthy' && one.at > since,
    );
  });
}

/** When the direct reads of a node's pods began to end without an answer; null: the newest was answered, or there is none. */
function silentSince(node: NodeFact, { directReads }: Facts): number | null {
  const reads = directReads
    .filter((one) => one.nodeName === node.name && one.subject.startsWith('pod/'))
    .toSorted((a, b) => b.at - a.at);
  const answered = reads.findIndex((one) => one.outcome !== 'timeout');
  return (answered === -1 ? reads : reads.slice(0, answered)).at(-1)?.at ?? null;
}

/** A kubelet that can be asked has answered, or not, by then. */
const kubeletLimitMs = 6000;

/** What the node's kubelet said when it was asked last; null: nobody asked. */
function kubeletAnswer(node: NodeFact, { kubelets = [] }: Facts): KubeletAnswer | null {
  return kubelets.find((one) => one.node === node.name) ?? null;
}

/** Failures further apart than this belong to different troubles. */
const gapMs = 15_000;

function harmForMs({ probes, pending, at }: Facts): number {
  const harms = probes.filter(
    (one) => one.outcome !== 'aborted' && (one.outcome !== 'ok' || one.durationMs > slowMs),
  );
  const starts = [...harms, ...pending.filter((one) => at - one.startedAt > slowMs)].map(
    (one) => one.startedAt,
  );
  let from = at;
  for (const start of starts.toSorted((a, b) => b - a)) {
    if (from - start > gapMs) break;
    from = start;
  }
  return at - from;
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
  const newest = new Map([...scrapeReads(facts, pods), ...newestReads(facts)]);
  const newestRead = (pod: PodFact) => newest.get(`pod/${pod.name}`) ?? null;
  const harmFor = harmForMs(facts);
  const events = Map.groupBy(cluster.events, (one) => one.subject);
  const troubleSince = (node: NodeFact) => Math.min(facts.at - harmFor, silentSince(node, facts) ?? facts.at);
  const silentNodes = findSilentNodes(pods, newestRead);
  const workload = cluster.workloads.find(
    (one) => one.kind === 'deployment' && one.name === service.deployment,
  );
  return {
    facts,
    pods,
    living: pods.filter(
      (pod) => pod.deletionAt === null && pod.phase !== 'Failed' && pod.phase !== 'Succeeded',
    ),
    workload: workload ?? null,
    workloadSubject: `deployment/${service.deployment}`,
    service: cluster.services.find((one) => one.name === service.service) ?? null,
    newestRead,
    silentNodes,
    harmForMs: harmFor,
    aliveSinceHarm: (node) => {
      const since = troubleSince(node);
      const kubelet = kubeletAnswer(node, facts);
      if (kubelet?.answered === true && kubelet.at >= since) return true;
      return isAliveSince(node, since + harmBlurMs, { pods, events });
    },
    mayStillAnswer: (node) => {
      const since = troubleSince(node);
      if (facts.kubelets === undefined || facts.at - since > kubeletLimitMs) return false;
      return (kubeletAnswer(node, facts)?.at ?? 0) < since;
    },
    isMute: (node) => {
      const own = kubeletAnswer(node, facts);
      if (own === null || own.answered || own.at < troubleSince(node)) return false;
      return cluster.nodes.some((other) => kubeletAnswer(other, facts)?.answered === true);
    },
    isSilentTwice: ({ name }) => {
      const reads = facts.directReads.filter(
        (one) => one.subject === `pod/${name}` && one.at > facts.at - readFreshMs,
      );
      return (
        reads.length > 1 &&
        reads
          .toSorted((a, b) => b.at - a.at)
          .slice(0, 2)
          .every((one) => one.outcome === 'timeout')
      );
    },
    lostNodes: new Set([...silentNodes, ...notReady(cluster.nodes)]),
    eventsOf: (subject, withinMs) =>
      (events.get(subject) ?? []).filter((one) => one.at > facts.at - withinMs),
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
