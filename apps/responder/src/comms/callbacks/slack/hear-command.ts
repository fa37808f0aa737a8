import type { Person } from '#oncall';
import { acknowledgeFor } from '../../acknowledge/acknowledge-for.ts';
import { escapeMrkdwn } from '../../slack/plain-text.ts';
import type { CallbackRoom } from '../callback-room.ts';
import { json, type ProviderAnswer } from '../provider-request.ts';
import { sayOnCall } from './say-on-call.ts';
import { sayStatus } from './say-status.ts';
import { whoIsInSlack } from './who-is-in-slack.ts';

/** What is said, and whether to all in the channel. */
interface Said {
  readonly text: string;
  readonly toAll?: boolean;
}

type Word = (room: CallbackRoom, person: Person, rest: string) => Said | Promise<Said>;

const words: Readonly<Record<string, Word>> = {
  status: async ({ incidents }) => ({
    text: sayStatus(await incidents.list({ limit: 200 }), await incidents.handsOff()),
  }),
  ack: acknowledge,
  oncall: ({ onCallNow }) => ({ text: sayOnCall(onCallNow()) }),
};

const help = 'Say /tocsin status, /tocsin ack NUMBER or /tocsin oncall.';

/** The slash command, answered as Slack documents it: JSON with `response_type` and `text`. */
export async function hearCommand(room: CallbackRoom, form: URLSearchParams): Promise<ProviderAnswer> {
  const [word = '', ...rest] = (form.get('text') ?? '').trim().split(/\s+/);
  const person = whoIsInSlack(room, form.get('user_id') ?? '');
  const key = word.toLowerCase();
  const answer = Object.hasOwn(words, key) ? words[key] : undefined;
  const said: Said =
    'ok' in person ? person : ((await answer?.(room, person, rest.join(' '))) ?? { text: help });
  return json({
    response_type: said.toAll === true ? 'in_channel' : 'ephemeral',
    text: escapeMrkdwn(said.text),
  });
}

async function acknowledge(room: CallbackRoom, person: Person, rest: string): Promise<Said> {
  const number = /^#?(\d{1,9})$/.exec(rest)?.[1];
  if (number === undefined) return { text: 'Which one? Say /tocsin ack NUMBER.' };
  const incident = await room.incidents.get(number);
  if (incident === null) return { text: `There is no incident #${number}.` };
  const { ok, text } = await acknowledgeFor(room.incidents, incident, { person, via: 'in Slack' });
  return { text, toAll: ok };
}
