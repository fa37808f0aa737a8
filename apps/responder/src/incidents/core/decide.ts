import type { Decision } from './decision.ts';
import { acknowledge } from './decide/acknowledge.ts';
import { approve } from './decide/approve.ts';
import { ask } from './decide/ask.ts';
import { assess } from './decide/assess.ts';
import { assign } from './decide/assign.ts';
import { callRole } from './decide/call-role.ts';
import { calledExternal, mailedExternal } from './decide/external.ts';
import { cancel } from './decide/cancel.ts';
import { collectEvidence } from './decide/collect-evidence.ts';
import type { Decider } from './decide/decider.ts';
import { correctImpact } from './decide/correct-impact.ts';
import { declare } from './decide/declare.ts';
import { deliverPage } from './decide/deliver-page.ts';
import { deny } from './decide/deny.ts';
import { diagnose } from './decide/diagnose.ts';
import { doneByHand } from './decide/done-by-hand.ts';
import { escalate } from './decide/escalate.ts';
import { failPage } from './decide/fail-page.ts';
import { finishStep } from './decide/finish-step.ts';
import { fireTimer } from './decide/fire-timer.ts';
import { merge } from './decide/merge.ts';
import { notePageReceipt } from './decide/note-page-receipt.ts';
import { note } from './decide/note.ts';
import { offerSteps } from './decide/offer-steps.ts';
import { postUpdate } from './decide/post-update.ts';
import { openSplit } from './decide/open-split.ts';
import { override } from './decide/override.ts';
import { reopen } from './decide/reopen.ts';
import { resolve } from './decide/resolve.ts';
import { review } from './decide/review.ts';
import { sayMitigated } from './decide/say-mitigated.ts';
import { setHandsOff } from './decide/set-hands-off.ts';
import { setSeverity } from './decide/set-severity.ts';
import { snooze } from './decide/snooze.ts';
import { split } from './decide/split.ts';
import { startStep } from './decide/start-step.ts';
import { takeOver } from './decide/take-over.ts';
import { takeSmokeTest } from './decide/take-smoke-test.ts';
import { tick } from './decide/tick.ts';
import { undo } from './decide/undo.ts';
import { Draft, refuse } from './draft.ts';
import type { Incident } from './incident.ts';
import type { Input, InputBody } from './input.ts';
import { tickFromEvidence } from './rules/checklist-rules.ts';
import { armUpdateClocks } from './updates/arm-update-clocks.ts';

/** One answer a kind; the compiler closes the list. */
const deciders: { readonly [Kind in InputBody['kind']]: Decider<Kind> } = {
  assess,
  declare,
  'open-split': openSplit,
  split,
  merge,
  'take-over': takeOver,
  diagnose,
  'page-delivered': deliverPage,
  'page-failed': failPage,
  'page-receipt': notePageReceipt,
  acknowledge,
  assign,
  'call-role': callRole,
  escalate,
  snooze,
  reopen,
  mitigated: sayMitigated,
  reviewed: review,
  evidence: collectEvidence,
  'steps-prepared': offerSteps,
  approve,
  undo,
  override,
  'done-by-hand': doneByHand,
  ask,
  cancel,
  deny,
  'step-started': startStep,
  'step-finished': finishStep,
  'smoke-tested': takeSmokeTest,
  timer: fireTimer,
  'set-severity': setSeverity,
  'correct-impact': correctImpact,
  'hands-off': setHandsOff,
  tick,
  'external-called': calledExternal,
  'external-mailed': mailedExternal,
  note,
  'post-update': postUpdate,
  resolve,
};

/** Inputs that need no incident. */
const opening: ReadonlySet<InputBody['kind']> = new Set(['assess', 'declare', 'open-split']);

/** What follows from one input: events, commands and why, or a refusal. Pure: no clock, no I/O, no randomness. */
export function decide(incident: Incident | null, input: Input): Decision {
  const { body } = input;
  if (incident === null && !opening.has(body.kind))
    return refuse('not-found', `${body.kind}: there is no such incident`);
  const draft = new Draft(incident, input);
  const decider = deciders[body.kind] as (draft: Draft, body: InputBody) => Decision;
  const decision = decider(draft, body);
  if ('refused' in decision || decision.events.length === 0) return decision;
  tickFromEvidence(draft);
  armUpdateClocks(draft, incident);
  return decision;
}
