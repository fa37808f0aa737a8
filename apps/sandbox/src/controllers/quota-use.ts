import { quantity, type Pod, type Quantities } from '#store';
import { isFinished } from './pod-facts.ts';

/** What one pod uses of a quota's resource: `pods`, `requests.cpu`, `limits.memory`, and `cpu` and `memory` for requests. Pure. */
export function useOf(pod: Pod, resource: string): number {
  if (resource === 'pods' || resource === 'count/pods') return 1;
  const [side, name] = resource.includes('.') ? resource.split('.') : ['requests', resource];
  const amounts = pod.spec.containers.map(({ resources }) =>
    side === 'limits' ? resources?.limits?.[name ?? ''] : resources?.requests?.[name ?? ''],
  );
  return amounts.reduce<number>((sum, amount) => sum + quantity(amount), 0);
}

/** What pods use of each resource that a quota limits, in plain units. Pure. */
export function quotaUse(hard: Quantities, pods: readonly Pod[]): Record<string, number> {
  const counted = pods.filter((pod) => !isFinished(pod));
  return Object.fromEntries(
    Object.keys(hard).map((resource) => [
      resource,
      counted.reduce((sum, pod) => sum + useOf(pod, resource), 0),
    ]),
  );
}

/** Why a further pod is refused, in Kubernetes' words; undefined when it fits. Pure. */
export function quotaRefusal(
  name: string,
  hard: Quantities,
  pods: readonly Pod[],
  pod: Pod,
): string | undefined {
  const used = quotaUse(hard, pods);
  const over = Object.keys(hard).filter((resource) => {
    const more = useOf(pod, resource);
    return more > 0 && (used[resource] ?? 0) + more > quantity(hard[resource]);
  });
  if (over.length === 0) return undefined;
  const list = (amount: (resource: string) => number | string) =>
    over.map((resource) => `${resource}=${amount(resource)}`).join(',');
  const requested = list((resource) => useOf(pod, resource));
  const limited = list((resource) => String(hard[resource]));
  return `exceeded quota: ${name}, requested: ${requested}, used: ${list((resource) => used[resource] ?? 0)}, limited: ${limited}`;
}
