import type { PodFact } from './cluster-facts.ts';
import type { Facts } from './facts.ts';

type Labels = Readonly<Record<string, string>>;

/** True when an equality selector picks these labels; an empty selector picks nothing. */
export function selects(selector: Labels, labels: Labels): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

/** Pods of the watched service, those being deleted included. */
export function servicePods(facts: Facts): readonly PodFact[] {
  const { namespace, podLabels } = facts.service;
  return facts.cluster.pods.filter((pod) => pod.namespace === namespace && selects(podLabels, pod.labels));
}
