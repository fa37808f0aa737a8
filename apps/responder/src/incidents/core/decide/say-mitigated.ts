import { refuse, type Draft } from '../draft.ts';
import { refuseUnless, refuseUnlessOpen } from '../rules/allow.ts';
import { stabilityHold } from '../rules/durations.ts';
import { whatIsMeasured } from '../rules/measured.ts';
import type { Decider } from './decider.ts';

/** A person says that the harm has ended where nothing measures it: the matrix stops as at a measured end. No word overrides the probes. */
export const sayMitigated: Decider<'mitigated'> = (draft, { reason }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input) ?? refuseUnlessOpen(incident, 'still does harm');
  if (refused !== null) return { refused };
  if (reason.trim() === '')
    return refuse('invalid', 'reason is empty; expected how it is known that the harm has ended');
  const measured = whatIsMeasured(incident);
  if (measured !== null)
    return refuse(
      'conflict',
      `the harm of incident #${incident.number} is measured: ${measured}; it ends when that does`,
    );
  const because = `${input.person?.name ?? input.actor.id}: ${reason.trim()}`;
  const mitigated = { type: 'mitigated', impactEndAt: input.at, by: 'person', because } as const;
  if (incident.detached) draft.add({ ...mitigated, holdUntil: holdByWord(draft) });
  else draft.add(mitigated);
  return draft.done(because);
};

/** No probe will see it come back: for as long as a verified service is watched, people may say so. */
function holdByWord(draft: Draft): number {
  const { incident, input } = draft;
  const holdUntil = input.at + stabilityHold(input.plan, incident.drill?.holdMs ?? null).holdMs;
  draft.order({ kind: 'set-timer', timer: { kind: 'hold', dueAt: holdUntil, key: 'hold' } });
  return holdUntil;
}
