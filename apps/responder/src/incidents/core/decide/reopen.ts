import { refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { untickRecovery } from '../rules/checklist-rules.ts';
import { askForExternal } from '../rules/ask-for-external.ts';
import { endSnooze } from '../rules/end-snooze.ts';
import { pageLevel } from '../rules/page-level.ts';
import { rearmEscalation } from '../rules/rearm-escalation.ts';
import type { Decider } from './decider.ts';

/** A person says that it is not over: people are called as at the opening, and what they opened again they close. */
export const reopen: Decider<'reopen'> = (draft, { reason }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  if (incident.status === 'open') return refuse('conflict', `incident #${incident.number} is open already`);
  if (incident.mergedInto !== null)
    return refuse(
      'conflict',
      `incident #${incident.number} goes on in #${incident.mergedInto.number}; expected that one`,
    );
  if (reason.trim() === '') return refuse('invalid', 'reason is empty; expected why it is not over');
  const who = input.person?.name ?? input.actor.id;
  draft.add({ type: 'reopened', because: `${who}: ${reason.trim()}`, by: input.actor });
  untickRecovery(draft);
  // Its clock may have struck while the incident was over: nothing else would end it.
  endSnooze(draft, 'it is opened again');
  rearmEscalation(draft);
  pageLevel(draft, 1, 'reopened');
  // After its end the matrix has begun anew.
  if (draft.incident.matrixFrom === input.at) askForExternal(draft, 1);
  return draft.done(reason.trim());
};
