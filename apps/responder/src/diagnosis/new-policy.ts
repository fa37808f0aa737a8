import { selects, type NetworkPolicyFact, type PodFact } from '#facts';
import type { CaseFile } from './case-file.ts';

const newPolicyMs = 10 * 60_000;
const sightMs = 80_000;
const shortlyMs = 60_000;

function isAbout({ podSelector, namespace }: NetworkPolicyFact, pod: PodFact): boolean {
  if (namespace !== pod.namespace) return false;
  if (podSelector === undefined || podSelector === null) return true;
  return Object.keys(podSelector).length === 0 || selects(podSelector, pod.labels);
}

/**
 * Policies only add up: one can cut a way only where no older policy had shut the same pods in that direction; over those it allows
 * something more. https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
function shuts(
  policy: NetworkPolicyFact,
  { pods, direction }: Way,
  all: readonly NetworkPolicyFact[],
): boolean {
  const directed = (one: NetworkPolicyFact) => one.directions?.includes(direction) ?? true;
  return (
    directed(policy) &&
    pods.some(
      (pod) =>
        isAbout(policy, pod) &&
        !all.some(
          (one) =>
            one.createdAt < policy.createdAt &&
            one.directions !== undefined &&
            directed(one) &&
            isAbout(one, pod),
        ),
    )
  );
}

interface Way {
  readonly pods: readonly PodFact[];
  readonly direction: 'ingress' | 'egress';
}

/**
 * The newest policy that shut pods which were running before, a moment before requests began to fail: only such a change can have cut
 * them off. How the trouble began is out of sight after 90 s. `ways` are those that the traffic in question takes.
 */
export function newestPolicy(
  { facts, living, harmForMs }: CaseFile,
  ways: readonly Way[],
): NetworkPolicyFact | null {
  const oldest = Math.min(...living.map((pod) => pod.createdAt));
  const reach = harmForMs > sightMs ? newPolicyMs : harmForMs + shortlyMs;
  const { networkPolicies } = facts.cluster;
  const fresh = networkPolicies.filter(
    (one) =>
      facts.at - one.createdAt < reach &&
      one.createdAt > oldest &&
      ways.some((way) => shuts(one, way, networkPolicies)),
  );
  return fresh.toSorted((a, b) => b.createdAt - a.createdAt)[0] ?? null;
}

/** From the service's pods to a dependency's. */
export function waysTo(file: CaseFile, pods: readonly PodFact[]): readonly Way[] {
  return [
    { pods: file.living, direction: 'egress' },
    { pods, direction: 'ingress' },
  ];
}
