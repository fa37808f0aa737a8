import type { Plan } from '@tocsin/runbook';
import type { Facts } from '#facts';
import type { Logger } from '#platform';
import { assess } from './assess/assess.ts';
import { emptyMemory } from './assess/memory.ts';
import type { Assessment } from './assessment.ts';
import { assessmentKey } from './assessment-key.ts';
import { thresholdsOf } from './thresholds.ts';

/** Keeps the memory between assessments and speaks when what the sources say has changed. */
export interface Judge {
  judge(facts: Facts): Assessment;
  current(): { readonly facts: Facts; readonly assessment: Assessment } | null;
  setIncidentOpen(open: boolean): void;
  isIncidentOpen(): boolean;
  setPlan(plan: Plan): void;
}

export interface JudgeOptions {
  readonly plan: Plan;
  readonly log: Logger;
  /** Called on news, and at least every 2 s. */
  readonly onAssessment: (assessment: Assessment, facts: Facts) => void;
}

const speakEveryMs = 2000;

/** A judge with an empty memory. */
export function createJudge({ plan, log, onAssessment }: JudgeOptions): Judge {
  let thresholds = thresholdsOf(plan);
  let memory = emptyMemory;
  let current: ReturnType<Judge['current']> = null;
  let open = false;
  let spoken = { key: '', at: -Infinity };

  function speak(facts: Facts, assessment: Assessment): void {
    const key = assessmentKey(assessment);
    const news = key !== spoken.key;
    // Also in quiet times: what was said while the database was away, or before a person declared, is said again.
    if (!news && facts.at - spoken.at < speakEveryMs) return;
    spoken = { key, at: facts.at };
    const { verdict, severity, reason } = assessment;
    if (news) log.info({ verdict, severity }, reason);
    onAssessment(assessment, facts);
  }

  return {
    judge(facts) {
      const result = assess(facts, thresholds, memory);
      ({ memory } = result);
      current = { facts, assessment: result.assessment };
      speak(facts, result.assessment);
      return result.assessment;
    },
    current: () => current,
    setIncidentOpen(isOpen) {
      open = isOpen;
    },
    isIncidentOpen: () => open,
    setPlan(next) {
      thresholds = thresholdsOf(next);
    },
  };
}
