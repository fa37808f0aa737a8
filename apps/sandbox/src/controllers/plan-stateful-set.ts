/** One pod of a StatefulSet. */
export interface OrdinalPod {
  ordinal: number;
  revision: string;
  ready: boolean;
  terminating: boolean;
  /** Ended for good; it is deleted and made again. */
  finished: boolean;
}

/** What a StatefulSet's next move is decided from. */
export interface StatefulFacts {
  replicas: number;
  pods: readonly OrdinalPod[];
  updateRevision: string;
  /** Pods below this ordinal keep their revision. */
  partition: number;
  /** False for update strategy OnDelete. */
  rolling: boolean;
  /** podManagementPolicy Parallel: no waiting when pods are made or taken away. */
  parallel: boolean;
}

/** Pods to make and to delete now, by ordinal. */
export interface StatefulMoves {
  create: number[];
  delete: number[];
}

const NOTHING: StatefulMoves = { create: [], delete: [] };

/**
 * The next moves: make missing pods from the lowest ordinal on, take surplus ones from the highest down, then replace
 * outdated ones from the highest down; in order, one at a time, each after the one before is ready.
 */
export function planStatefulSet(facts: StatefulFacts): StatefulMoves {
  if (facts.parallel) return planAtOnce(facts) ?? planUpdate(facts);
  return planNext(facts) ?? planSurplus(facts) ?? planUpdate(facts);
}

function planAtOnce({ replicas, pods }: StatefulFacts): StatefulMoves | undefined {
  const create = ordinals(replicas).filter((ordinal) => pods.every((pod) => pod.ordinal !== ordinal));
  const gone = pods.filter((pod) => !pod.terminating && (pod.ordinal >= replicas || pod.finished));
  return create.length + gone.length > 0 ? { create, delete: gone.map((pod) => pod.ordinal) } : undefined;
}

/** The first ordinal that is missing or not well; undefined when all wanted pods are ready. */
function planNext(facts: StatefulFacts): StatefulMoves | undefined {
  for (const ordinal of ordinals(facts.replicas)) {
    const pod = facts.pods.find((one) => one.ordinal === ordinal);
    if (pod === undefined) return { create: [ordinal], delete: [] };
    if (pod.terminating) return NOTHING;
    if (pod.finished) return { create: [], delete: [ordinal] };
    if (!pod.ready) return outdatedAndBroken(facts, pod);
  }
  return undefined;
}

function ordinals(replicas: number): number[] {
  return Array.from({ length: replicas }, (_, ordinal) => ordinal);
}

/** A pod that never becomes ready may be replaced by the new template; else a bad template would stay for ever. */
function outdatedAndBroken(facts: StatefulFacts, pod: OrdinalPod): StatefulMoves {
  const replaceable = facts.rolling && pod.ordinal >= facts.partition;
  return replaceable && pod.revision !== facts.updateRevision
    ? { create: [], delete: [pod.ordinal] }
    : NOTHING;
}

function planSurplus({ replicas, pods }: StatefulFacts): StatefulMoves | undefined {
  const surplus = pods.filter((pod) => pod.ordinal >= replicas).toSorted((a, b) => b.ordinal - a.ordinal);
  const [highest] = surplus;
  if (highest === undefined) return undefined;
  return surplus.some((pod) => pod.terminating) ? NOTHING : { create: [], delete: [highest.ordinal] };
}

function planUpdate({ pods, updateRevision, partition, rolling }: StatefulFacts): StatefulMoves {
  if (!rolling) return NOTHING;
  for (const pod of pods.toSorted((a, b) => b.ordinal - a.ordinal)) {
    if (pod.ordinal < partition) break;
    if (pod.revision !== updateRevision && !pod.terminating) return { create: [], delete: [pod.ordinal] };
    if (pod.terminating || !pod.ready) break;
  }
  return NOTHING;
}
