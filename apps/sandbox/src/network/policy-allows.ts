import type { NetworkPolicyPeer, NetworkPolicyPort } from 'kubernetes-types/networking/v1.d.ts';
import { matchesSelector, type IntOrString, type NetworkPolicy } from '#store';

/** One end of a connection, as policies see it. */
export interface PolicyPod {
  namespace: string;
  labels: Record<string, string>;
  /** Labels of the namespace. */
  namespaceLabels: Record<string, string>;
  /** Numbers of the ports that the pod's containers name. */
  namedPorts: Record<string, number>;
  ip: string;
}

/**
 * Whether NetworkPolicies let a pod connect to a port of another, as networking.k8s.io/v1 defines it: a pod that a policy of a
 * direction selects is closed in that direction except for what some such policy allows. Pure.
 */
export function policyAllows(
  policies: readonly NetworkPolicy[],
  from: PolicyPod,
  to: PolicyPod,
  port: number,
): boolean {
  const out = policies.filter((policy) => selects(policy, from, 'Egress'));
  const into = policies.filter((policy) => selects(policy, to, 'Ingress'));
  const mayLeave = out.some((policy) =>
    (policy.spec.egress ?? []).some((rule) =>
      rulesMatch(rule.to, rule.ports, { policy, peer: to, to, port }),
    ),
  );
  const mayEnter = into.some((policy) =>
    (policy.spec.ingress ?? []).some((rule) =>
      rulesMatch(rule.from, rule.ports, { policy, peer: from, to, port }),
    ),
  );
  return (out.length === 0 || mayLeave) && (into.length === 0 || mayEnter);
}

interface Asked {
  policy: NetworkPolicy;
  peer: PolicyPod;
  to: PolicyPod;
  port: number;
}

function selects(
  { metadata, spec }: NetworkPolicy,
  pod: PolicyPod,
  direction: 'Ingress' | 'Egress',
): boolean {
  const types = spec.policyTypes ?? ['Ingress', ...(spec.egress === undefined ? [] : ['Egress'])];
  return (
    metadata.namespace === pod.namespace &&
    types.includes(direction) &&
    matchesSelector(pod.labels, spec.podSelector ?? {})
  );
}

/** An absent or empty list allows every peer, or every port. */
function rulesMatch(
  peers: NetworkPolicyPeer[] | undefined,
  ports: NetworkPolicyPort[] | undefined,
  asked: Asked,
): boolean {
  const peerIn = (peers ?? []).length === 0 || peers?.some((peer) => isPeer(peer, asked)) === true;
  return peerIn && ((ports ?? []).length === 0 || ports?.some((port) => isPort(port, asked)) === true);
}

function isPeer(
  { ipBlock, podSelector, namespaceSelector }: NetworkPolicyPeer,
  { policy, peer }: Asked,
): boolean {
  if (ipBlock !== undefined)
    return inBlock(peer.ip, ipBlock.cidr) && !(ipBlock.except ?? []).some((cidr) => inBlock(peer.ip, cidr));
  const inNamespace =
    namespaceSelector === undefined
      ? peer.namespace === policy.metadata.namespace
      : matchesSelector(peer.namespaceLabels, namespaceSelector);
  return inNamespace && matchesSelector(peer.labels, podSelector ?? {});
}

function isPort({ port, endPort, protocol = 'TCP' }: NetworkPolicyPort, asked: Asked): boolean {
  if (protocol !== 'TCP') return false;
  const first = numberOf(port, asked.to);
  if (port === undefined) return true;
  return first !== undefined && asked.port >= first && asked.port <= (endPort ?? first);
}

function numberOf(port: IntOrString | undefined, { namedPorts }: PolicyPod): number | undefined {
  return typeof port === 'string' ? namedPorts[port] : port;
}

function inBlock(ip: string, cidr: string): boolean {
  const [base = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  return Math.floor(toNumber(ip) / size) === Math.floor(toNumber(base) / size);
}

function toNumber(ip: string): number {
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
