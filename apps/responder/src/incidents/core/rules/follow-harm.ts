import type { Assessment } from '#detection';
import type { Command } from '../command.ts';
import type { Draft } from '../draft.ts';
import type { Incident, Step } from '../incident.ts';
import { untickRecovery } from './checklist-rules.ts';
import { acknowledgmentWindowMs, harmTailMs, restoredForMs } from './durations.ts';
import { isLost } from './page-channels.ts';
import { nobodyKey, pageLevel } from './page-level.ts';
import { rearmEscalation } from './rearm-escalation.ts';

/** Harm ends: mitigated. Restored for long enough: smoke tests. Harm is back: open again. */
export function followHarm(draft: Draft, assessment: Assessment): void {
  switch (draft.incident.status) {
    case 'open':
      mitigateWhenRestored(draft, assessment);
      break;
    case 'mitigated':
      if (!reopenWhenHarmed(draft, assessment)) testWhenRestored(draft, assessment);
      break;
    case 'verified':
      reopenWhenHarmed(draft, assessment);
      break;
    case 'stable':
    case 'resolved':
      break;
    default:
      draft.incident.status satisfies never;
  }
}

function mitigateWhenRestored(draft: Draft, assessment: Assessment): void {
  const { incident, input } = draft;
  // What was never measured cannot be measured as over: a person says that it has ended.
  if (!assessment.restored || assessment.verdict === 'confirmed' || incident.confirmedAt === null) return;
  // An outage without failing requests (lost redundancy) ends when it is seen to have ended.
  const lastHarmAt = assessment.lastHarmAt ?? incident.lastHarmAt ?? input.at;
  // A watcher that was started again has seen no harm: it lasted for an unknown time, so any change begun gets the credit.
  const change = changeBefore(incident, assessment.lastHarmAt ?? input.at);
  const by = change === null ? 'platform' : 'step';
  const because =
    by === 'step'
      ? 'no request fails since the change'
      : 'no request fails any more; no step of ours had begun';
  draft.add({ type: 'mitigated', impactEndAt: Math.max(lastHarmAt, change ?? 0), by, because });
}

/**
 * Start of the last change that began before the harm ended, and so gets the credit; null without one. Requests in flight may
 * have begun shortly before it.
 */
function changeBefore(incident: Incident, lastHarmAt: number): number | null {
  const starts = incident.steps
    .filter((step) => (step.effect === 'mutate' || step.effect === 'destroy') && !movesNothing(step))
    .flatMap((step) => (step.startedAt === null ? [] : [step.startedAt]))
    .filter((startedAt) => startedAt <= lastHarmAt + harmTailMs);
  return starts.length === 0 ? null : Math.max(...starts);
}

/** A cordon keeps new pods away, and ends no request's trouble by itself. */
function movesNothing({ pipeline: [argv = []] }: Step): boolean {
  return argv[0] === 'kubectl' && (argv[1] === 'cordon' || argv[1] === 'uncordon');
}

function testWhenRestored(draft: Draft, assessment: Assessment): void {
  const { incident, input } = draft;
  const { restoredSince, smokeTestRequestedAt } = incident;
  if (!assessment.restored || input.at - (restoredSince ?? input.at) < restoredForMs) return;
  if (smokeTestRequestedAt !== null) return;
  draft.add({ type: 'smoke-test-requested' });
  draft.order({ kind: 'smoke-test' });
}

function reopenWhenHarmed(draft: Draft, assessment: Assessment): boolean {
  const { status, mitigatedAt, mitigatedBy } = draft.incident;
  // A person's word that it has ended stands until somebody sees again.
  const isByWord = status === 'mitigated' && mitigatedBy === 'person';
  if (isByWord && assessment.blind === true) return false;
  // Failing requests of before are old harm; a confirmed outage without any is news.
  const isOld = assessment.lastHarmAt !== null && assessment.lastHarmAt <= (mitigatedAt ?? 0);
  if (assessment.verdict !== 'confirmed' || isOld) return false;
  draft.add({ type: 'reopened', because: assessment.reason });
  untickRecovery(draft);
  rearmEscalation(draft);
  // Before the verification nobody was told that it is over, but by a person's word; a page without an answer still has to move on.
  if (status === 'verified' || isByWord) pageLevel(draft, 1, 'reopened');
  else rearmAcknowledgment(draft);
  return true;
}

/** A page whose clock ran out, or that was lost, while the harm was away, waits for nobody: its clock strikes now; so does the one of nobody. */
function rearmAcknowledgment(draft: Draft): void {
  const { incident, input } = draft;
  const clockNow = (key: string): Command => ({
    kind: 'set-timer',
    timer: { kind: 'acknowledgment', dueAt: input.at, key },
  });
  const newest = incident.pages.at(-1);
  if (newest === undefined) return draft.order(clockNow(nobodyKey(1)));
  if (newest.acknowledgedAt !== null) return;
  if (input.at < newest.at + acknowledgmentWindowMs(input.plan) && !isLost(newest)) return;
  draft.order(clockNow(newest.id));
}
