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

interface Running {
  confirmedAt: number | null;
  worst: string | null;
  reason: string;
  restoredAt: number | null;
  readonly notices: Set<string>;
}

function noteAssessment(running: Running, assessment: Assessment, clearedAt: number): void {
  const { verdict, severity, reason, at, restored } = assessment;
  if (verdict === 'notice') running.notices.add(reason);
  if (at > clearedAt && restored) running.restoredAt ??= at;
  if (verdict !== 'confirmed') return;
  running.confirmedAt ??= at;
  if (running.worst !== null && (severity ?? 'P9') >= running.worst) return;
  running.worst = severity;
  running.reason = reason;
}

function secondsSince(from: number, at: number | null): number | null {
  return at === null ? null : (at - from) / 1000;
}

/** Runs detection and diagnosis over a recording. */
export function judgeRecording(recording: Recording, thresholds = standardThresholds): Judgement {
  const { injectedAt, clearedAt } = recording;
  const running: Running = {
    confirmedAt: null,
    worst: null,
    reason: '',
    restoredAt: null,
    notices: new Set(),
  };
  const causes = new Map<string, number>();
  let memory = emptyMemory;
  let last: readonly Diagnosis[] = [];
  for (const facts of replayFacts(recording)) {
    const result = assess(facts, thresholds, memory);
    ({ memory } = result);
    noteAssessment(running, result.assessment, clearedAt);
    if (facts.at > clearedAt) continue;
    last = diagnose(facts).filter((one) => one.id !== 'unknown');
    for (const { id, subject, confidence } of last)
      causes.set(`${id} ${subject}`, Math.max(causes.get(`${id} ${subject}`) ?? 0, confidence));
  }
  return {
    confirmedAfterS: secondsSince(injectedAt, running.confirmedAt),
    worstSeverity: running.worst,
    reason: running.reason,
    notices: [...running.notices],
    causes,
    last,
    restoredAfterS: secondsSince(injectedAt, running.restoredAt),
  };
}
