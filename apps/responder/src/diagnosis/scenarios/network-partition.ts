import type { NetworkPolicyFact, ServiceFact } from '#facts';
import { presentSignatures, type CaseFile } from '../case-file.ts';
import { countOf, dependencies, isOnLostNode, linesAbout, type Dependency } from '../dependencies.ts';
import { hangingConnects } from '../hanging-connects.ts';
import { newestPolicy, waysTo } from '../new-policy.ts';
import type { Finding, Scenario } from '../scenario.ts';
import { seenAt } from '../seen-at.ts';

/** A kubelet renews its node's lease every 10 s: longer without one, and the node may be gone instead. */
const leaseFreshMs = 12_000;
const leaseLateMs = 20_000;

/** Fewer may have waited for something else. */
const minHangs = 3;

function subjectOf(
  { facts }: CaseFile,
  policy: NetworkPolicyFact | null,
  otherwise: string,
): { subject: string; words: readonly string[] } {
  if (policy === null) return { subject: otherwise, words: [] };
  const minutes = Math.round((facts.at - policy.createdAt) / 60_000);
  const words = [`network policy ${policy.name} was made ${minutes} minutes ago`];
  return { subject: `networkpolicy/${policy.name}`, words };
}

function readyEndpoints({ facts }: CaseFile, service: ServiceFact): number {
  return facts.cluster.endpoints.filter((one) => one.service === service.name && one.ready).length;
}

/** Whether its machines have shown life since the trouble began: a lease says so, or is late, or it is too early to tell. */
function machinesOf({ facts, harmForMs }: CaseFile, { pods }: Dependency): 'alive' | 'late' | 'unsure' {
  const names = new Set(pods.map((pod) => pod.nodeName));
  const leases = facts.cluster.nodes
    .filter((node) => names.has(node.name))
    .flatMap((node) => node.leaseRenewedAt ?? []);
  if (leases.length === 0) return 'alive';
  const newest = Math.max(...leases);
  if (facts.at - newest > leaseLateMs) return 'late';
  return facts.at - newest < leaseFreshMs && newest > facts.at - harmForMs ? 'alive' : 'unsure';
}

function whereWords({ facts, living }: CaseFile, pods: ReadonlySet<string>): readonly string[] {
  const nodesOf = (cut: boolean) =>
    new Set(living.filter((pod) => pods.has(pod.name) === cut).flatMap((pod) => pod.nodeName ?? []));
  const [cut, free] = [nodesOf(true), nodesOf(false)];
  if (cut.size === 0 || free.size === 0 || [...cut].some((name) => free.has(name))) return [];
  const zones = facts.cluster.nodes.filter((node) => cut.has(node.name)).flatMap((node) => node.zone ?? []);
  const place = zones.length === 0 ? '' : ` (${[...new Set(zones)].join(', ')})`;
  return [
    `only pods on ${[...cut].join(', ')}${place} cannot reach it; those on ${[...free].join(', ')} can`,
  ];
}

function confidenceOf(file: CaseFile, one: Dependency, pods: number): number {
  const base = pods > 1 ? 0.92 : 0.75;
  const machines = machinesOf(file, one);
  if (machines === 'late') return 0.4;
  return machines === 'alive' ? base : Math.min(base, 0.6);
}

function towardsDependency(one: Dependency, file: CaseFile): readonly Finding[] {
  const lines = linesAbout(file, 'unreachable', one);
  const [service] = one.services;
  const ready = one.services.reduce((sum, its) => sum + readyEndpoints(file, its), 0);
  const count = countOf(lines);
  if (service === undefined || count < 2 || ready === 0 || isOnLostNode(file, one)) return [];
  const pods = new Set(lines.map((line) => line.pod));
  const policy = newestPolicy(file, waysTo(file, one.pods));
  const { subject, words } = subjectOf(file, policy, `service/${service.name}`);
  const alive = machinesOf(file, one) === 'alive';
  return [
    {
      id: 'network-partition',
      subject,
      confidence: confidenceOf(file, one, pods.size),
      for: [
        `${count} log lines of ${pods.size} pods: ${service.name} cannot be reached (no answer, not a refusal)`,
        `${service.name} has ${ready} ready endpoints`,
        ...whereWords(file, pods),
        ...words,
      ],
      against: alive ? [] : [`the node of ${one.subject} has not renewed its lease since: it may be gone`],
      settles: [
        ...(pods.size > 1 ? [] : ['whether pods elsewhere reach it']),
        ...(alive ? [] : [`the next lease of the node of ${one.subject} (due every 10 s)`]),
      ],
      about: one.subject,
      ...seenAt(lines.map((line) => line.lastAt)),
    },
  ];
}

/** New connections to the database hang from here and not from there: no policy says so, so something below it does. */
function towardsHanging(one: Dependency, file: CaseFile): readonly Finding[] {
  const hanging = hangingConnects(one, file);
  const [service] = one.services;
  if (hanging === null || service === undefined || isOnLostNode(file, one)) return [];
  if (one.workload.readyReplicas === 0 || linesAbout(file, 'unreachable', one).length > 0) return [];
  const { count, pods, free, answersUs } = hanging;
  const where = whereWords(file, pods);
  const unsure = file.living.some((pod) => !pods.has(pod.name) && !free.includes(pod));
  // Where all of them hang, or some have not said: so it also looks just after a policy was taken away.
  if (where.length === 0 || unsure) return [];
  const policy = newestPolicy(file, waysTo(file, one.pods));
  const { subject, words } = subjectOf(file, policy, `service/${service.name}`);
  return [
    {
      id: 'network-partition',
      subject,
      confidence: machinesOf(file, one) === 'late' ? 0.4 : 0.85,
      for: [
        `${count} log lines of ${pods.size} pods: connecting to ${one.subject} ends without an answer`,
        ...(answersUs ? [`${one.subject} answers our own checks`] : []),
        `${free.map((pod) => pod.name).join(', ')} reaches it`,
        ...where,
        ...words,
      ],
      against: [`${one.workload.readyReplicas} of its pods are ready: it may be slow by itself`],
      settles: ['whether another pod on the same node reaches it'],
      about: one.subject,
    },
  ];
}

/** Requests to the database hang since a policy shut the way to it: no address is named, because connections were open. */
function hangsSincePolicy(one: Dependency, file: CaseFile): readonly Finding[] {
  const policy = newestPolicy(file, waysTo(file, one.pods));
  const lines = presentSignatures(file).filter((line) => /^(?:query|pool)-timeout$/.test(line.signature));
  const count = countOf(lines);
  if (!one.isDatabase || policy === null || count < minHangs || one.workload.readyReplicas === 0) return [];
  if (linesAbout(file, 'unreachable', one).length > 0 || isOnLostNode(file, one)) return [];
  const { subject, words } = subjectOf(file, policy, one.subject);
  return [
    {
      id: 'network-partition',
      subject,
      confidence: 0.8,
      for: [`${count} log lines of the service: requests to ${one.subject} hang`, ...words],
      against: [`${one.workload.readyReplicas} of its pods are ready: it may be slow by itself`],
      settles: [`whether a pod that the policy leaves alone reaches ${one.subject}`],
      about: one.subject,
      ...seenAt(lines.map((line) => line.lastAt)),
    },
  ];
}

const waitingMs = 20_000;

/** The pods' own logs say that they wait for something else: requests reach them, so the way to them is open. */
function areWaiting({ facts }: CaseFile): boolean {
  return facts.logSignatures.some(
    (one) => one.signature.endsWith('-timeout') && one.lastAt > facts.at - waitingMs,
  );
}

/** All pods Ready, all in the endpoints, and none can be reached from here. */
function towardsService(file: CaseFile): readonly Finding[] {
  const reads = file.living.flatMap((pod) => file.newestRead(pod) ?? []);
  const cut =
    file.facts.cluster.readable &&
    reads.length > 1 &&
    reads.every((one) => one.outcome === 'timeout') &&
    (file.facts.directReads.length === 0 || file.living.every((pod) => file.isSilentTwice(pod))) &&
    file.living.every((pod) => pod.ready) &&
    new Set(reads.map((one) => one.nodeName)).size > 1;
  if (!cut || areWaiting(file)) return [];
  const policy = newestPolicy(file, waysTo(file, file.living));
  const { subject, words } = subjectOf(file, policy, `service/${file.facts.service.service}`);
  return [
    {
      id: 'network-partition',
      subject,
      confidence: policy === null ? 0.6 : 0.8,
      for: [`${reads.length} pods on several nodes are Ready, and none answers from here`, ...words],
      against: ['the responder itself may sit on the wrong side'],
      settles: ['a probe from another place'],
    },
  ];
}

/** Pods of one node that do not answer from here, while that node renews its lease and pods elsewhere answer. */
function towardsNodes(file: CaseFile): readonly Finding[] {
  return [...file.silentNodes].flatMap((name) => {
    const node = file.facts.cluster.nodes.find((one) => one.name === name);
    const pods = file.living.filter((pod) => pod.nodeName === name && pod.ready);
    if (node === undefined || node.ready !== 'True' || !file.aliveSinceHarm(node) || pods.length < 2)
      return [];
    const { subject, words } = subjectOf(file, newestPolicy(file, waysTo(file, pods)), `node/${name}`);
    return [
      {
        id: 'network-partition' as const,
        subject,
        confidence: 0.65,
        for: [
          `${pods.length} Ready pods on ${name} do not answer from here, pods elsewhere do`,
          `${name} has renewed its lease since: the machine lives`,
          ...words,
        ],
        against: [],
        settles: ['whether the pods there are reached from another place'],
      },
    ];
  });
}

/**
 * Both ends are healthy and cannot reach each other. A refusal is not this: a refusal is an answer. Rests on the recording
 * db-partition and https://kubernetes.io/docs/concepts/services-networking/network-policies/ (what no policy allows is dropped).
 */
export const networkPartition: Scenario = {
  id: 'network-partition',
  ruledOut: 'no healthy service is out of reach of the pods',
  find(file) {
    return [
      ...dependencies(file).flatMap((one) => [
        ...towardsDependency(one, file),
        ...towardsHanging(one, file),
        ...hangsSincePolicy(one, file),
      ]),
      ...towardsService(file),
      ...towardsNodes(file),
    ];
  },
};
