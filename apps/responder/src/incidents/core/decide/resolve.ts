import { refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { tickFromEvidence } from '../rules/checklist-rules.ts';
import { publishFinals } from '../updates/publish-finals.ts';
import type { Decider } from './decider.ts';

/** A person closes the incident: every box is ticked, or waived with a reason. */
export const resolve: Decider<'resolve'> = (draft, { note, waivers }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  if (incident.status === 'resolved')
    return refuse('conflict', `incident #${incident.number} is resolved already`);
  const stranger = Object.keys(waivers).find(
    (text) => !incident.checklist.some((line) => line.text === text),
  );
  if (stranger !== undefined) return refuse('invalid', `waivers: the checklist has no line "${stranger}"`);
  tickFromEvidence(draft);
  const open = draft.incident.checklist.filter((line) => line.tickedAt === null);
  const unexplained = open.filter((line) => (waivers[line.text] ?? '').trim() === '');
  if (unexplained.length > 0)
    return refuse(
      'conflict',
      `open on the checklist: ${unexplained.map((line) => `"${line.text}"`).join(', ')}; tick each or give a reason in waivers`,
    );
  for (const line of open) {
    const because = `waived: ${(waivers[line.text] ?? '').trim()}`;
    draft.add({
      type: 'checklist-ticked',
      line: { text: line.text, tickedAt: input.at, by: input.actor.id, because },
    });
  }
  draft.add({ type: 'resolved', by: input.actor, note });
  publishFinals(draft);
  return draft.done(note ?? 'closed by a person');
};
