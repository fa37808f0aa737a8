import type { Person } from '#oncall';
import { acknowledgeFor, type Answered } from '../../acknowledge/acknowledge-for.ts';
import { acknowledgeSummary } from '../../acknowledge/acknowledge-summary.ts';
import { escalateFor } from '../../acknowledge/escalate-for.ts';
import { askSlack } from '../../slack/ask-slack.ts';
import { readLevelValue, readStepValue, slackActions } from '../../slack/button-value.ts';
import { denyModal } from '../../slack/deny-modal.ts';
import type { SlackApp } from '../../slack/slack-api.ts';
import type { CallbackRoom } from '../callback-room.ts';
import { heard, type ProviderAnswer } from '../provider-request.ts';
import { readMessage } from '../read-message.ts';
import { approveFor } from './approve-for.ts';
import type { Pressed } from './payload.ts';
import { sayBack, sayBackLimit } from './say-back.ts';
import { whoIsInSlack } from './who-is-in-slack.ts';

/** One press by a person who is known. */
interface Press {
  readonly room: CallbackRoom;
  readonly slack: SlackApp;
  readonly payload: Pressed;
  readonly person: Person;
  readonly value: string;
}

/** What came of it; null when nothing is to be said yet. */
type Answer = (press: Press) => Promise<Answered | null>;

const answers: Readonly<Record<string, Answer>> = {
  [slackActions.acknowledge]: acknowledge,
  [slackActions.acknowledgeAll]: acknowledgeAll,
  [slackActions.approve]: approve,
  [slackActions.deny]: askWhy,
  [slackActions.escalate]: escalate,
};

const gone: Answered = { ok: false, text: 'There is no such incident any more.' };
const notOurs: Answered = { ok: false, text: 'This button is not one of ours: nothing is done.' };

/** A button was pressed: its answer, and what is said back. */
export async function hearPress(
  room: CallbackRoom,
  slack: SlackApp,
  payload: Pressed,
): Promise<ProviderAnswer> {
  const action = payload.actions.find((one) => Object.hasOwn(answers, one.action_id));
  const answer = action === undefined ? undefined : answers[action.action_id];
  if (action === undefined || answer === undefined) return heard;
  const person = whoIsInSlack(room, payload.user.id);
  const answered =
    'ok' in person ? person : await answer({ room, slack, payload, person, value: action.value });
  if (answered !== null && payload.channel !== undefined)
    await sayBack(slack, {
      channel: payload.channel.id,
      user: payload.user.id,
      answered,
      limitMs: sayBackLimit(room),
    });
  return heard;
}

async function acknowledge({ room, person, value }: Press): Promise<Answered> {
  const incident = await room.incidents.get(value);
  return incident === null ? gone : acknowledgeFor(room.incidents, incident, { person, via: 'in Slack' });
}

async function acknowledgeAll({ room, person, value }: Press): Promise<Answered> {
  const message = await readMessage(room.db, value);
  return message?.kind === 'summary'
    ? acknowledgeSummary(room, message.id, { person, via: 'in Slack' })
    : { ok: false, text: 'There is no such summary any more.' };
}

async function escalate({ room, person, value }: Press): Promise<Answered> {
  const asked = readLevelValue(value);
  if (asked === null) return notOurs;
  const incident = await room.incidents.get(asked.incident);
  return incident === null
    ? gone
    : escalateFor(room.incidents, incident, { person, via: 'in Slack', to: asked.level });
}

async function approve({ room, person, value }: Press): Promise<Answered> {
  const asked = readStepValue(value);
  if (asked === null) return notOurs;
  const incident = await room.incidents.get(asked.incident);
  return incident === null ? gone : approveFor(room.incidents, incident, { person, ...asked });
}

/** A no needs its reason: a modal asks for it. */
async function askWhy({ room, slack, payload, value }: Press): Promise<Answered | null> {
  const asked = readStepValue(value);
  if (asked === null) return notOurs;
  const view = denyModal({ ...asked, channel: payload.channel?.id ?? null });
  const limitMs = sayBackLimit(room);
  const opened = await askSlack(slack, {
    method: 'views.open',
    body: { trigger_id: payload.trigger_id, view },
    limitMs,
  });
  return opened.ok
    ? null
    : {
        ok: false,
        text: `Slack did not open the question for the reason (${opened.error}); deny it in the console.`,
      };
}
