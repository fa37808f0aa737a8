import type { Assessment } from '#detection';
import type { Diagnosis } from '#diagnosis';

/** A text without its numbers: `31 % of 5` and `36 % of 5` say the same thing a moment apart. */
export function withoutNumbers(text: string): string {
  return text.replaceAll(/\d+(?:[.,]\d+)*/g, '#');
}

/** A function that is lost is another thing than one that is lost in part. */
function howFar({ harmed, failed, requests }: NonNullable<Assessment['functions']>[number]): string {
  if (!harmed) return 'whole';
  return failed >= 0.9 * requests ? 'lost' : 'harmed';
}

function assessmentKey(assessment: Assessment): string {
  return JSON.stringify([
    assessment.verdict,
    assessment.severity,
    assessment.restored,
    assessment.blind === true,
    assessment.restricted,
    withoutNumbers(assessment.reason),
    assessment.signals.map((one) => one.key).toSorted(),
    assessment.tenants.map((one) => `${one.tenant} ${one.judged} ${one.harm}`).toSorted(),
    assessment.zones.toSorted(),
    (assessment.functions ?? []).map((one) => `${one.name} ${howFar(one)}`).toSorted(),
  ]);
}

/** Whether an assessment says something else than the one before, and not only newer numbers. */
export function isMaterial(before: Assessment, now: Assessment): boolean {
  return assessmentKey(before) !== assessmentKey(now);
}

function diagnosesKey(diagnoses: readonly Diagnosis[]): string {
  return JSON.stringify(
    diagnoses.map((one) => [
      one.id,
      one.subject,
      ...[one.for, one.against, one.settles].map((texts) => texts.map(withoutNumbers)),
    ]),
  );
}

const confidenceStep = 0.05;

/** Whether the ranking, its evidence or the best one's confidence (by 0.05 or more) has changed. */
export function isMaterialDiagnosis(before: readonly Diagnosis[], now: readonly Diagnosis[]): boolean {
  if (diagnosesKey(before) !== diagnosesKey(now)) return true;
  const change = Math.abs((before[0]?.confidence ?? 0) - (now[0]?.confidence ?? 0));
  return change >= confidenceStep - Number.EPSILON;
}
