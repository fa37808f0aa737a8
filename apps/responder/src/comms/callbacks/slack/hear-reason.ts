import type { Answered } from '../../acknowledge/acknowledge-for.ts';
import { actFor } from '../../acknowledge/act-for.ts';
import { type DenyMetadata, denyView, readDenyMetadata } from '../../slack/button-value.ts';
import type { SlackApp } from '../../slack/slack-api.ts';
import type { CallbackRoom } from '../callback-room.ts';
import { heard, json, type ProviderAnswer } from '../provider-request.ts';
import type { Submitted } from './payload.ts';
import { sayBack, sayBackLimit } from './say-back.ts';
import { whoIsInSlack } from './who-is-in-slack.ts';

/** The reason of a no was sent: an empty answer closes the modal, a refusal stands beside the input. */
export async function hearReason(
  room: CallbackRoom,
  slack: SlackApp,
  { user, view }: Submitted,
): Promise<ProviderAnswer> {
  const asked = readDenyMetadata(view.private_metadata);
  if (asked === null) return heard;
  const reason = view.state.values[denyView.block][denyView.input].value?.trim() ?? '';
  const answered = await deny(room, { user: user.id, asked, reason });
  if (!answered.ok) return json({ response_action: 'errors', errors: { [denyView.block]: answered.text } });
  if (asked.channel !== null)
    await sayBack(slack, { channel: asked.channel, user: user.id, answered, limitMs: sayBackLimit(room) });
  return heard;
}

async function deny(
  room: CallbackRoom,
  { user, asked, reason }: { readonly user: string; readonly asked: DenyMetadata; readonly reason: string },
): Promise<Answered> {
  const person = whoIsInSlack(room, user);
  if ('ok' in person) return person;
  const incident = await room.incidents.get(asked.incident);
  const step = incident?.steps.find((one) => one.id === asked.step);
  if (incident === null || step === undefined) return { ok: false, text: 'There is no such step any more.' };
  if (reason === '') return { ok: false, text: 'A no needs its reason.' };
  // As the API asks for it: whoever may say yes may say no.
  if (person.role !== 'approver' && person.role !== 'admin')
    return { ok: false, text: `${person.name} has the role ${person.role}; approver is needed.` };
  if (step.bindingHash !== asked.hash)
    return { ok: false, text: `It is not what you saw: it is now ${step.command} on ${step.target}.` };
  return actFor(room.incidents, incident, {
    person,
    body: { kind: 'deny', stepId: asked.step, reason, via: 'in Slack' },
    say: ({ number }) => `#${number}: "${step.label}" is denied by ${person.name}: ${reason}`,
  });
}
