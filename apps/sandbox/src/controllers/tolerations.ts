import type { Taint, Toleration } from '#store';

/** Whether a toleration covers a taint. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== undefined && toleration.effect !== '' && toleration.effect !== taint.effect)
    return false;
  if (toleration.key === undefined || toleration.key === '') return toleration.operator === 'Exists';
  if (toleration.key !== taint.key) return false;
  return toleration.operator === 'Exists' || (toleration.value ?? '') === (taint.value ?? '');
}

/** The first taint with one of these effects that nothing tolerates. */
export function untolerated(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
  effects: readonly string[],
): Taint | undefined {
  const repelling = taints.filter((taint) => effects.includes(taint.effect));
  return repelling.find((taint) => !tolerations.some((toleration) => tolerates(toleration, taint)));
}

/**
 * When a pod must leave a node for its NoExecute taints: at once, at an instant (ms since the epoch), or never.
 * `overrideMs` replaces every limited toleration, for drills that cannot wait.
 */
export function evictionTime(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
  overrideMs?: number,
): number | 'now' | 'never' {
  const executing = taints.filter((taint) => taint.effect === 'NoExecute');
  if (untolerated(executing, tolerations, ['NoExecute']) !== undefined) return 'now';
  const limits = executing.flatMap((taint) => {
    const since = Date.parse(taint.timeAdded ?? '');
    const limited = tolerations.filter((one) => tolerates(one, taint) && one.tolerationSeconds !== undefined);
    return limited.map((one) => since + (overrideMs ?? (one.tolerationSeconds ?? 0) * 1_000));
  });
  return limits.length === 0 ? 'never' : Math.min(...limits);
}
