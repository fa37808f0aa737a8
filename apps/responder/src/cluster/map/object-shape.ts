import type { EpochMs } from '#facts';

/**
 * Kubernetes objects as they come over the wire: JSON with RFC 3339 times. Every field may be missing, because a watch
 * hands on what the server has; the mappers answer with a neutral value instead of throwing.
 */
export interface WireMeta {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string | null;
  readonly deletionTimestamp?: string | null;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly controller?: boolean;
  }[];
}

export interface WireCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string | null;
  readonly lastUpdateTime?: string | null;
}

/** Milliseconds since 1970 of an RFC 3339 time; null when absent or not a time. */
export function toEpochMs(text: string | null | undefined): EpochMs | null {
  if (text === null || text === undefined) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

/** Name, namespace and uid, empty where the server sent none (a node has no namespace). */
export function identityOf({ uid = '', name = '', namespace = '' }: WireMeta): {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
} {
  return { uid, name, namespace };
}

/** The condition of a type, if the object has it. */
export function conditionOf(conditions: readonly WireCondition[], type: string): WireCondition | undefined {
  return conditions.find((one) => one.type === type);
}
