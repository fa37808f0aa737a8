import type { Decision } from '../decision.ts';
import { nothing, type Draft } from '../draft.ts';
import type { Timer, TimerKind } from '../input.ts';
import { refuseUnlessSystem } from '../rules/allow.ts';
import { acknowledgmentDue } from '../timers/acknowledgment-due.ts';
import { approvalDue } from '../timers/approval-due.ts';
import { escalationDue } from '../timers/escalation-due.ts';
import { holdDue } from '../timers/hold-due.ts';
import { phaseDue } from '../timers/phase-due.ts';
import { snoozeDue } from '../timers/snooze-due.ts';
import { updateDue } from '../timers/update-due.ts';
import type { Decider } from './decider.ts';

const due: { readonly [Kind in TimerKind]: (draft: Draft, timer: Timer) => Decision } = {
  acknowledgment: acknowledgmentDue,
  escalation: escalationDue,
  phase: phaseDue,
  hold: holdDue,
  approval: approvalDue,
  update: updateDue,
  snooze: snoozeDue,
};

/** A timer looks at the state when it fires; none is ever cancelled. */
export const fireTimer: Decider<'timer'> = (draft, { timer }) => {
  const refused = refuseUnlessSystem(draft.input);
  if (refused !== null) return { refused };
  if (draft.incident.status === 'resolved') return nothing('the incident is resolved');
  return due[timer.kind](draft, timer);
};
