import type { ResourceName } from '#cluster';
import type { DependencyCheck, DirectRead, EpochMs, ProbeSample, KubeletAnswer, QueryAnswer } from '#facts';

/** What a recording says of itself; what was expected is read by the scoring alone. */
export interface RecordingMeta {
  readonly name: string;
  readonly kind: 'fault' | 'control';
  readonly startedAt: EpochMs;
  readonly injectedAt: EpochMs;
  readonly clearedAt: EpochMs;
  readonly endedAt: EpochMs;
  readonly namespace: string;
  readonly deployment: string;
  readonly service: string;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly dependencies: readonly string[];
}

export interface WatchRow {
  readonly at: EpochMs;
  readonly resource: ResourceName;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: unknown;
}

/** One sample of a pod's metrics; `up` is 1 when the pod could be scraped. */
export interface MetricRow {
  readonly at: EpochMs;
  readonly pod: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One recorded outage, or harmless event, parsed; every list in order of time. */
export interface Recording extends RecordingMeta {
  readonly watch: readonly WatchRow[];
  /** By their end. */
  readonly probes: readonly ProbeSample[];
  readonly metrics: readonly MetricRow[];
  readonly logs: readonly { readonly at: EpochMs; readonly pod: string; readonly line: string }[];
  /** Empty where nobody read the pods directly. */
  readonly reads: readonly DirectRead[];
  /** Empty where nobody checked dependencies. */
  readonly checks: readonly DependencyCheck[];
  /** Answers to expressions of a runbook; empty where none was asked. */
  readonly queries: readonly QueryAnswer[];
  /** Empty where no kubelet was asked. */
  readonly kubelets: readonly KubeletAnswer[];
}
