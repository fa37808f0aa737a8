import type { LogSignature, NetworkPolicyFact, ServiceFact } from '#facts';
import { presentSignatures, type CaseFile } from '../case-file.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Scenario } from '../scenario.ts';

const newPolicyMs = 10 * 60_000;

function newestPolicy({ facts }: CaseFile): NetworkPolicyFact | null {
  const fresh = facts.cluster.networkPolicies.filter((one) => facts.at - one.createdAt < newPolicyMs);
  return fresh.toSorted((a, b) => b.createdAt - a.createdAt)[0] ?? null;
}

function subjectOf(file: CaseFile, otherwise: string): { subject: string; words: readonly string[] } {
  const policy = newestPolicy(file);
  if (policy === null) return { subject: otherwise, words: [] };
  const minutes = Math.round((file.facts.at - policy.createdAt) / 60_000);
  const words = [`network policy ${policy.name} was made ${minutes} minutes ago`];
  return { subject: `networkpolicy/${policy.name}`, words };
}

function unreachableService(
  service: ServiceFact,
  file: CaseFile,
): { readonly lines: readonly LogSignature[]; readonly ready: number } | null {
  const { facts } = file;
  if (service.clusterIp === null || service.clusterIp === undefined) return null;
  const prefix = `unreachable:${service.clusterIp}:`;
  const lines = presentSignatures(file).filter((one) => one.signature.startsWith(prefix));
  const ready = facts.cluster.endpoints.filter((one) => one.service === service.name && one.ready).length;
  return lines.length === 0 || ready === 0 ? null : { lines, ready };
}

function towardsDependency(service: ServiceFact, file: CaseFile): readonly Diagnosis[] {
  const found = unreachableService(service, file);
  if (found === null) return [];
  const count = found.lines.reduce((sum, one) => sum + one.count, 0);
  if (count < 2) return [];
  const { subject, words } = subjectOf(file, `service/${service.name}`);
  return [
    {
      id: 'network-partition',
      subject,
      confidence: found.lines.length > 1 ? 0.92 : 0.75,
      for: [
        `${count} log lines of ${found.lines.length} pods: ${service.name} cannot be reached (no answer, not a refusal)`,
        `${service.name} has ${found.ready} ready endpoints`,
        ...words,
      ],
      against: [],
      settles: found.lines.length > 1 ? [] : ['whether pods elsewhere reach it'],
    },
  ];
}

/** All pods Ready, all in the endpoints, and none can be reached from here. */
function towardsService(file: CaseFile): readonly Diagnosis[] {
  const reads = file.living.flatMap((pod) => file.newestRead(pod) ?? []);
  const cut =
    file.facts.cluster.readable &&
    reads.length > 1 &&
    reads.every((one) => one.outcome === 'timeout') &&
    file.living.every((pod) => pod.ready) &&
    new Set(reads.map((one) => one.nodeName)).size > 1;
  if (!cut) return [];
  const policy = newestPolicy(file);
  const { subject, words } = subjectOf(file, `service/${file.facts.service.service}`);
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

/** Both ends are healthy and cannot reach each other. A refusal is not this: a refusal is an answer. */
export const networkPartition: Scenario = {
  id: 'network-partition',
  ruledOut: 'no healthy service is out of reach of the pods',
  find(file) {
    const services = file.facts.cluster.services.filter((one) => one.name !== file.facts.service.service);
    return [...services.flatMap((one) => towardsDependency(one, file)), ...towardsService(file)];
  },
};
