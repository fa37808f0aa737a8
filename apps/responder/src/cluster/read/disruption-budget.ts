/** A PodDisruptionBudget as its controller last saw it. */
export interface DisruptionBudget {
  readonly name: string;
  readonly namespace: string;
  /** Labels that select the pods it protects. */
  readonly selector: Readonly<Record<string, string>>;
  /** How many more pods may be evicted now. */
  readonly disruptionsAllowed: number;
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
}

export interface WireBudget {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec?: { readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> } };
  readonly status?: Partial<
    Pick<DisruptionBudget, 'disruptionsAllowed' | 'currentHealthy' | 'desiredHealthy'>
  >;
}

/** What a PodDisruptionBudget says; a status that is not there yet allows nothing. */
export function disruptionBudget({ metadata, spec, status }: WireBudget): DisruptionBudget {
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    selector: spec?.selector?.matchLabels ?? {},
    disruptionsAllowed: status?.disruptionsAllowed ?? 0,
    currentHealthy: status?.currentHealthy ?? 0,
    desiredHealthy: status?.desiredHealthy ?? 0,
  };
}
