import type { PodFact } from './cluster-facts.ts';
import type { Facts, WatchedService } from './facts.ts';

type Labels = Readonly<Record<string, string>>;

function matches(wanted: readonly (readonly [string, string])[], labels: Labels): boolean {
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

/** True when an equality selector picks these labels; an empty selector picks nothing. */
export function selects(selector: Labels, labels: Labels): boolean {
  return matches(Object.entries(selector), labels);
}

/** Asked for many times an assessment, of clusters with thousands of pods: found once for each list of pods. */
const found = new WeakMap<readonly PodFact[], WeakMap<WatchedService, readonly PodFact[]>>();

/** Pods of the watched service, those being deleted included. */
export function servicePods({
  cluster: { pods },
  service,
}: Pick<Facts, 'cluster' | 'service'>): readonly PodFact[] {
  const ofPods = found.get(pods) ?? new WeakMap<WatchedService, readonly PodFact[]>();
  found.set(pods, ofPods);
  const known = ofPods.get(service);
  if (known !== undefined) return known;
  const wanted = Object.entries(service.podLabels);
  const own = pods.filter((pod) => pod.namespace === service.namespace && matches(wanted, pod.labels));
  ofPods.set(service, own);
  return own;
}
