import { z } from 'zod';
import { acknowledgeFor, type Answered } from '../acknowledge/acknowledge-for.ts';
import { callSlack, type SlackApp } from '../slack/slack-api.ts';
import { acknowledgeAction } from '../slack/slack-message.ts';
import { whyNotFromSlack } from '../slack/slack-signature.ts';
import { type CallbackRoom, personAt } from './callback-room.ts';
import { done, headerOf, type ProviderAnswer, type ProviderRequest, refused } from './provider-request.ts';

/** Slack waits 3 s for an answer; what is said back must not use them up. */
const usualSayBackMs = 1500;

/** As much of a `block_actions` payload as counts. Source: docs.slack.dev, interaction payloads. */
const pressed = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }).optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })),
});

/** A button was pressed in Slack. Checked before it is believed; who pressed it is the person with that user as a contact. */
export async function hearSlack(room: CallbackRoom, request: ProviderRequest): Promise<ProviderAnswer> {
  const { slack } = room.channels;
  const secret = slack?.signingSecret;
  if (slack === undefined || secret === undefined)
    return { ...refused('no channels.slack.signingSecret is configured'), status: 404 };
  const why = whyNotSigned(secret, request);
  return why === null ? hearPress(room, slack, request) : refused(why);
}

async function hearPress(
  room: CallbackRoom,
  slack: SlackApp,
  request: ProviderRequest,
): Promise<ProviderAnswer> {
  const payload = readPayload(new URLSearchParams(request.body).get('payload') ?? '');
  const action = payload?.actions.find((one) => one.action_id === acknowledgeAction);
  if (payload === null || action === undefined) return done;
  const answered = await acknowledge(room, payload.user.id, action.value ?? '');
  if (payload.channel !== undefined)
    await sayBack(slack, {
      channel: payload.channel.id,
      user: payload.user.id,
      answered,
      limitMs: room.sayBackMs ?? usualSayBackMs,
    });
  return { ...done, status: 200 };
}

function whyNotSigned(secret: string, request: ProviderRequest): string | null {
  const timestamp = headerOf(request, 'x-slack-request-timestamp');
  const signature = headerOf(request, 'x-slack-signature');
  return whyNotFromSlack(secret, { timestamp, signature, body: request.body }, request.now);
}

function readPayload(text: string): z.infer<typeof pressed> | null {
  try {
    const parsed = pressed.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

async function acknowledge(room: CallbackRoom, user: string, incidentId: string): Promise<Answered> {
  const person = personAt(room, ['slack'], user);
  if (person === undefined)
    return {
      ok: false,
      text: `Nobody here has the Slack user ${user} as a contact: nothing is acknowledged.`,
    };
  const incident = await room.incidents.get(incidentId);
  if (incident === null) return { ok: false, text: 'There is no such incident any more.' };
  return acknowledgeFor(room.incidents, incident, { person, via: 'in Slack' });
}

interface SayingBack {
  readonly channel: string;
  readonly user: string;
  readonly answered: Answered;
  readonly limitMs: number;
}

/** Success is said to all in the channel, a refusal to who pressed. That it cannot be said undoes nothing. */
async function sayBack(slack: SlackApp, { channel, user, answered, limitMs }: SayingBack): Promise<void> {
  const call = answered.ok
    ? { method: 'chat.postMessage', body: { channel, text: answered.text } }
    : { method: 'chat.postEphemeral', body: { channel, user, text: answered.text } };
  await callSlack(slack, { ...call, limitMs }, AbortSignal.timeout(limitMs));
}
