import type { Answered } from '../../acknowledge/acknowledge-for.ts';
import { callSlack, type SlackApp } from '../../slack/slack-api.ts';
import { escapeMrkdwn } from '../../slack/plain-text.ts';
import type { CallbackRoom } from '../callback-room.ts';

/** Slack waits 3 s for an answer; what is said back must not use them up. */
const usualSayBackMs = 1500;

export function sayBackLimit({ sayBackMs = usualSayBackMs }: Pick<CallbackRoom, 'sayBackMs'>): number {
  return sayBackMs;
}

/** Success is said to all in the channel, a refusal to who acted. That it cannot be said undoes nothing. */
export async function sayBack(
  slack: SlackApp,
  {
    channel,
    user,
    answered,
    limitMs,
  }: {
    readonly channel: string;
    readonly user: string;
    readonly answered: Answered;
    readonly limitMs: number;
  },
): Promise<void> {
  const text = escapeMrkdwn(answered.text);
  const call = answered.ok
    ? { method: 'chat.postMessage', body: { channel, text } }
    : { method: 'chat.postEphemeral', body: { channel, user, text } };
  await callSlack(slack, { ...call, limitMs }, AbortSignal.timeout(limitMs));
}
