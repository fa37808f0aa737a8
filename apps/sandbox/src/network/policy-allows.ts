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
  const isOpen = (direction: Direction, own: PolicyPod, peer: PolicyPod): boolean => {
    const closing = policies.filter((policy) => selects(policy, own, direction));
    const allows = (policy: NetworkPolicy): boolean =>
      rulesOf(policy, direction).some((rule) => matches(rule, { policy, peer, to, port }));
    return closing.length === 0 || closing.some(allows);
  };
  return isOpen('Egress', from, to) && isOpen('Ingress', to, from);
}

type Direction = 'Ingress' | 'Egress';

interface Rule {
  peers: NetworkPolicyPeer[] | undefined;
  ports: NetworkPolicyPort[] | undefined;
}

function rulesOf({ spec: { egress = [], ingress = [] } }: NetworkPolicy, direction: Direction): Rule[] {
  return direction === 'Egress'
    ? egress.map(({ to, ports }) => ({ peers: to, ports }))
    : ingress.map(({ from, ports }) => ({ peers: from, ports }));
}

interface Asked {
  policy: NetworkPolicy;
  peer: PolicyPod;
  to: PolicyPod;
  port: number;
}

function selects({ metadata, spec }: NetworkPolicy, pod: PolicyPod, direction: Direction): boolean {
  const types = spec.policyTypes ?? ['Ingress', ...(spec.egress === undefined ? [] : ['Egress'])];
  const isHere = metadata.namespace === pod.namespace && types.includes(direction);
  return isHere && matchesSelector(pod.labels, spec.podSelector ?? {});
}

/** An absent or empty list allows every peer, or every port. */
function matches({ peers = [], ports = [] }: Rule, asked: Asked): boolean {
  const peerIn = peers.length === 0 || peers.some((peer) => isPeer(peer, asked));
  return peerIn && (ports.length === 0 || ports.some((port) => isPort(port, asked)));
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
