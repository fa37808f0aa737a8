import { compileCommand } from '@tocsin/runbook';
import { refuse } from '../draft.ts';
import type { Incident } from '../incident.ts';
import { refuseUnless } from '../rules/allow.ts';
import { whyHandsOff } from '../rules/step-turn.ts';
import type { Decider } from './decider.ts';

/** A command that no document names: a read runs and is kept as evidence, a change is prepared, checked and offered for somebody else to approve. */
export const ask: Decider<'ask'> = (draft, { command, reason }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  if (incident.status === 'resolved') return refuse('conflict', 'the incident is resolved');
  if (reason.trim() === '') return refuse('invalid', 'reason: empty; expected what the command is for');
  const compiled = compileCommand(command, nextId(incident));
  if ('problem' in compiled) return refuse('invalid', `command: ${compiled.problem}`);
  const { action } = compiled;
  const off = action.effect === 'read' ? null : whyHandsOff(incident, input.handsOff);
  if (off !== null) return refuse('conflict', off);
  draft.add({ type: 'command-asked', action, by: input.actor, reason });
  if (action.effect === 'read') {
    draft.add({ type: 'evidence-requested', actionIds: [action.id], because: reason });
    draft.order({ kind: 'gather-evidence', actionIds: [action.id] });
  } else draft.order({ kind: 'prepare-asked', actionId: action.id, requestedBy: input.actor });
  return draft.done(`${action.effect}: ${action.text}`);
};

const nextId = ({ asked = [] }: Incident): string => `asked-${asked.length + 1}`;
