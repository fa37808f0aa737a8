import type { Decision } from '../decision.ts';
import { nothing, type Draft } from '../draft.ts';
import type { Timer } from '../input.ts';
import { isPhaseDone } from '../rules/phase-done.ts';

/** The window of a phase has ended; said when its purpose is not reached. */
export function phaseDue(draft: Draft, timer: Timer): Decision {
  const phase = draft.input.plan.phases.find((one) => String(one.n) === timer.key);
  if (phase === undefined) return nothing(`the plan has no phase ${timer.key}`);
  if (isPhaseDone(draft.incident, phase)) return nothing(`phase ${phase.n} was done in its window`);
  draft.add({ type: 'phase-overdue', phase: phase.n, name: phase.name });
  return draft.done(
    `phase ${phase.n} (${phase.name}) should have ended after ${phase.toMinutes ?? 0} minutes`,
  );
}
