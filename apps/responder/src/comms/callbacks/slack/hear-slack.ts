import { whyNotFromSlack } from '../../slack/slack-signature.ts';
import type { CallbackRoom } from '../callback-room.ts';
import { headerOf, heard, type ProviderAnswer, type ProviderRequest, refused } from '../provider-request.ts';
import { hearCommand } from './hear-command.ts';
import { hearPress } from './hear-press.ts';
import { hearReason } from './hear-reason.ts';
import { readPayload } from './payload.ts';

/**
 * Something that a person did in Slack: pressed a button, sent a reason, typed the slash command. Checked before it is believed; who
 * did it is the person with that Slack user as a contact.
 */
export async function hearSlack(room: CallbackRoom, request: ProviderRequest): Promise<ProviderAnswer> {
  const { slack } = room.channels;
  const secret = slack?.signingSecret;
  if (slack === undefined || secret === undefined)
    return { ...refused('no channels.slack.signingSecret is configured'), status: 404 };
  const why = whyNotSigned(secret, request);
  if (why !== null) return refused(why);
  const form = new URLSearchParams(request.body);
  if (form.has('command')) return hearCommand(room, form);
  const payload = readPayload(form.get('payload') ?? '');
  if (payload === null) return heard;
  switch (payload.type) {
    case 'block_actions':
      return hearPress(room, slack, payload);
    case 'view_submission':
      return hearReason(room, slack, payload);
    default:
      return payload satisfies never;
  }
}

function whyNotSigned(secret: string, request: ProviderRequest): string | null {
  const timestamp = headerOf(request, 'x-slack-request-timestamp');
  const signature = headerOf(request, 'x-slack-signature');
  return whyNotFromSlack(secret, { timestamp, signature, body: request.body }, request.now);
}
