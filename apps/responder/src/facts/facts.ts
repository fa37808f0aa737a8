import type { AlertFact } from './alert-fact.ts';
import type { ClusterFacts } from './cluster-facts.ts';
import type { DependencyCheck } from './dependency-check.ts';
import type { DirectRead } from './direct-read.ts';
import type { EpochMs } from './epoch-ms.ts';
import type { KubeletAnswer } from './kubelet-answer.ts';
import type { ControlSample, ProbeSample } from './probe-sample.ts';
import type { LogSignature } from './log-signature.ts';
import type { QueryAnswer } from './query-answer.ts';
import type { ReportFact } from './report-fact.ts';
import type { RequestMetrics } from './request-metrics.ts';

/** The service under watch, by its Kubernetes names. */
export interface WatchedService {
  readonly id: string;
  readonly namespace: string;
  readonly deployment: string;
  readonly service: string;
  /** Labels that select its pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly dependencies: readonly string[];
  /** Its probed functions; absent or empty: every probed function is critical. */
  readonly functions?: readonly { readonly name: string; readonly critical: boolean }[];
}

/** Everything observed about one service up to `at`: live from the watchers, or replayed from a recording. */
export interface Facts {
  readonly at: EpochMs;
  readonly service: WatchedService;
  /** Last 90 s, oldest first by `endedAt`. */
  readonly probes: readonly ProbeSample[];
  /** Requests under way now: a hanging request is seen before it times out. */
  readonly pending: readonly {
    readonly startedAt: EpochMs;
    readonly tenant: string | null;
    readonly target: string;
  }[];
  readonly controls: readonly ControlSample[];
  /** Latest first per subject, last 90 s. */
  readonly directReads: readonly DirectRead[];
  /** Whether kubelets answered when they were asked for a log, the newest first, last 90 s; absent where nobody asked. */
  readonly kubelets?: readonly KubeletAnswer[];
  readonly metrics: readonly RequestMetrics[];
  /** What keeps the usual source of `metrics` from telling, and who tells instead; absent or null: nothing. */
  readonly metricsNote?: string | null;
  readonly cluster: ClusterFacts;
  /** Error lines by signature over the last 5 minutes. */
  readonly logSignatures: readonly LogSignature[];
  /** Newest check of each kind and subject first, last 5 minutes. */
  readonly checks: readonly DependencyCheck[];
  /** Answers to the runbook's own expressions in PromQL, the newest of each. */
  readonly queries?: readonly QueryAnswer[];
  /** Active now. */
  readonly alerts: readonly AlertFact[];
  /** Open reports of people, newest first. */
  readonly reports: readonly ReportFact[];
}
