import { assess, emptyMemory, type Assessment, type Thresholds } from '#detection';
import { diagnose, type Diagnosis } from '#diagnosis';
import type { Recording } from './read-recording.ts';
import { replayFacts } from './replay-facts.ts';

/** What detection and diagnosis made of a recording. */
export interface Judgement {
  /** Seconds from the injection to the confirmation; null when nothing was confirmed. */
  readonly confirmedAfterS: number | null;
  readonly worstSeverity: string | null;
  readonly reason: string;
  readonly notices: readonly string[];
  /** Every cause that was held at some time between injection and clearance: `id subject` -> highest confidence. */
  readonly causes: ReadonlyMap<string, number>;
  /** Causes held while the incident was on, or before clearance, at the last look. */
  readonly last: readonly Diagnosis[];
  readonly restoredAfterS: number | null;
}

/** Thresholds of the document that ships: 5 % errors, 1 s at the 95th percentile. */
export const standardThresholds: Thresholds = {
  errorRatio: 0.05,
  latency: { limitMs: 1000, percentile: 95 },
  kinds: new Set([
    'health-check',
    'error-rate',
    'latency',
    'crash-loop',
    'database-connections',
    'node-failure',
  ]),
  severities: { critical: 'P0', major: 'P1', minor: 'P2' },
  gaps: [],
};

/** Runs detection and diagnosis over a recording. */
export function judgeRecording(recording: Recording, thresholds = standardThresholds): Judgement {
  let memory = emptyMemory;
  let confirmed: { at: number; worst: string | null; reason: string } | null = null;
  let restoredAt: number | null = null;
  const notices = new Set<string>();
  const causes = new Map<string, number>();
  let last: readonly Diagnosis[] = [];
  const worse = (a: Assessment) => confirmed === null || (a.severity ?? 'P9') < (confirmed.worst ?? 'P9');
  for (const facts of replayFacts(recording)) {
    const result = assess(facts, thresholds, memory);
    const { assessment } = result;
    ({ memory } = result);
    if (assessment.verdict === 'confirmed' && worse(assessment))
      confirmed = { at: confirmed?.at ?? facts.at, worst: assessment.severity, reason: assessment.reason };
    if (assessment.verdict === 'notice') notices.add(assessment.reason);
    if (facts.at > recording.clearedAt && assessment.restored) restoredAt ??= facts.at;
    if (facts.at > recording.clearedAt) continue;
    last = diagnose(facts).filter((one) => one.id !== 'unknown');
    for (const one of last) {
      const key = `${one.id} ${one.subject}`;
      causes.set(key, Math.max(causes.get(key) ?? 0, one.confidence));
    }
  }
  const after = (at: number | undefined) => (at === undefined ? null : (at - recording.injectedAt) / 1000);
  return {
    confirmedAfterS: after(confirmed?.at),
    worstSeverity: confirmed?.worst ?? null,
    reason: confirmed?.reason ?? '',
    notices: [...notices],
    causes,
    last,
    restoredAfterS: restoredAt === null ? null : (restoredAt - recording.injectedAt) / 1000,
  };
}
