import type { Detector, DetectorKind, Plan, Threshold } from '@tocsin/runbook';

/** Ranks of the decision table; the document gives them their names. */
export type SeverityRank = 'critical' | 'major' | 'minor';

/** What the document says counts as harm. Null or absent: the document names no such detector, so it never pages on it. */
export interface Thresholds {
  /** Share of failed requests, 0 to 1, above which a tenant is harmed. */
  readonly errorRatio: number | null;
  readonly latency: { readonly limitMs: number; readonly percentile: number } | null;
  /** Share of the database's connections, 0 to 1, above which there is little room; 0.9 where the document has no limit. */
  readonly connectionShare: number;
  /** Kinds of detectors that the document names. */
  readonly kinds: ReadonlySet<DetectorKind>;
  readonly severities: Readonly<Record<SeverityRank, string>>;
  /** What the document does not let the responder page on, in words. */
  readonly gaps: readonly string[];
}

const millisecondsOf = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

function isUpperLimit(threshold: Threshold | undefined): threshold is Threshold {
  return threshold !== undefined && threshold.op.startsWith('>');
}

function lowest<T>(items: readonly T[], value: (item: T) => number): T | null {
  return items.reduce<T | null>(
    (best, item) => (best === null || value(item) < value(best) ? item : best),
    null,
  );
}

const usualConnectionShare = 0.9;

/** The lowest limit of a kind of detector that is a percentage, as a share. */
function shareOf(detectors: readonly Detector[], kind: DetectorKind): number | null {
  const limits = detectors
    .filter((one) => one.kind === kind)
    .flatMap(({ threshold }) =>
      isUpperLimit(threshold) && threshold.unit === '%' ? [threshold.value / 100] : [],
    );
  return lowest(limits, (limit) => limit);
}

function latencyOf(detectors: readonly Detector[]): Thresholds['latency'] {
  const limits = detectors
    .filter((one) => one.kind === 'latency')
    .flatMap(({ threshold }) => {
      if (!isUpperLimit(threshold) || threshold.unit === '%') return [];
      const limitMs = threshold.value * millisecondsOf[threshold.unit];
      return [{ limitMs, percentile: threshold.percentile ?? 95 }];
    });
  return lowest(limits, (limit) => limit.limitMs);
}

function severitiesOf(plan: Plan): Thresholds['severities'] {
  const ids = plan.severities.map((one) => one.id);
  const at = (i: number) => ids[Math.min(i, ids.length - 1)];
  return { critical: at(0) ?? 'P0', major: at(1) ?? 'P1', minor: at(2) ?? 'P2' };
}

function gapsOf(errorRatio: number | null, latency: Thresholds['latency']): readonly string[] {
  return [
    ...(errorRatio === null ? ['the document has no error rate detector with a limit'] : []),
    ...(latency === null ? ['the document has no latency detector with a limit'] : []),
  ];
}

/**
 * The limits that the document sets. Changing the document changes the detector; the lowest of several limits of a kind
 * counts. A document with fewer than three severities uses its last one for the lesser ranks.
 */
export function thresholdsOf(plan: Plan): Thresholds {
  const automatic = plan.detectors.filter((one) => !one.manual);
  const errorRatio = shareOf(automatic, 'error-rate');
  const latency = latencyOf(automatic);
  return {
    errorRatio,
    latency,
    connectionShare: shareOf(automatic, 'database-connections') ?? usualConnectionShare,
    kinds: new Set(automatic.map((one) => one.kind)),
    severities: severitiesOf(plan),
    gaps: gapsOf(errorRatio, latency),
  };
}
