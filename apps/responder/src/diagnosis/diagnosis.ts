/** The stable ids of causes. Source: docs/architecture.md, "Scenarios". */
export const causeIds = [
  'node-failure',
  'memory-exhaustion',
  'database-connection-exhaustion',
  'network-partition',
  'crash-loop',
  'config-missing',
  'image-pull-failure',
  'readiness-failing',
  'liveness-too-eager',
  'selector-mismatch',
  'port-mismatch',
  'scaled-to-zero',
  'quota-exceeded',
  'unschedulable',
  'rollout-stuck',
  'dependency-down',
  'dependency-slow',
  'tenant-errors',
  'certificate-expiring',
  'disk-pressure',
  'unknown',
] as const;
export type CauseId = (typeof causeIds)[number];

/** A named cause, with what speaks for and against it. */
export interface Diagnosis {
  readonly id: CauseId;
  /** `node/NAME`, `deployment/NAME`, `statefulset/NAME`, `service/NAME`, `networkpolicy/NAME`, `tenant/ID`, or empty for unknown. */
  readonly subject: string;
  /** 0 to 1: the share of such statements that turn out right. */
  readonly confidence: number;
  readonly for: readonly string[];
  readonly against: readonly string[];
  /** What is not known yet and would settle it; empty when settled. */
  readonly settles: readonly string[];
}
