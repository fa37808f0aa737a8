import type { Decision } from '../decision.ts';
import { nothing, type Draft } from '../draft.ts';
import type { Timer } from '../input.ts';
import { nudge, whomToNudge } from '../rules/nudge.ts';
import { isPhaseDone } from '../rules/phase-done.ts';

/** The window of a phase has ended; said when its purpose is not reached, also to whoever answers for the incident. */
export function phaseDue(draft: Draft, timer: Timer): Decision {
  const phase = draft.input.plan.phases.find((one) => String(one.n) === timer.key);
  if (phase === undefined) return nothing(`the plan has no phase ${timer.key}`);
  if (isPhaseDone(draft.incident, phase)) return nothing(`phase ${phase.n} was done in its window`);
  const overdue = { type: 'phase-overdue', phase: phase.n, name: phase.name } as const;
  const because = `phase ${phase.n} (${phase.name}) should have ended after ${phase.toMinutes ?? 0} minutes`;
  const person = whomToNudge(draft);
  if (typeof person === 'string') {
    draft.add(overdue);
    return draft.done(`${because}; nobody is told: ${person}`);
  }
  draft.add({ ...overdue, nudged: person.id });
  nudge(draft, phase, person);
  return draft.done(`${because}; ${person.name} is told`);
}
