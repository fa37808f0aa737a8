import { type Channel, type Delivery, deliveryLimitMs, type OutgoingMessage } from '../channel.ts';
import { alive, checkLimitMs, dead, type Health } from '../health.ts';
import { notUnderstood, readFailure, readObject } from '../http/read-failure.ts';
import { askSlack } from './ask-slack.ts';
import { callSlack, type SlackApp } from './slack-api.ts';
import { slackMessage } from './slack-message.ts';

/** Answers about this address or text, which stay the same however often it is tried. Source: docs.slack.dev, chat.postMessage. */
const forGood: ReadonlySet<string> = new Set([
  'channel_not_found',
  'user_not_found',
  'is_archived',
  'not_in_channel',
  'cannot_dm_bot',
  'user_disabled',
  'restricted_action',
  'msg_too_long',
  'invalid_blocks',
  'invalid_arguments',
]);

/** Pages as a Slack app; the address is a user's id (`U...`), who gets a direct message, or a channel's (`C...`). */
export function createSlackChannel(app: SlackApp, limitMs = deliveryLimitMs): Channel {
  return {
    deliver: (message, signal) => send(app, { message, limitMs }, signal),
    check: (signal) => check(app, signal),
    close: () => undefined,
  };
}

/** Who the token stands for. Source: docs.slack.dev, auth.test; it needs no scope. */
async function check(app: SlackApp, signal: AbortSignal): Promise<Health> {
  const call = { method: 'auth.test', body: {}, limitMs: checkLimitMs };
  const answer = await askSlack(app, call, signal);
  if (answer.ok) return alive;
  const { error, retryAfterMs } = answer;
  if (error === 'ratelimited' || retryAfterMs !== undefined) return { state: 'not-checked', reason: error };
  return dead(`Slack: ${error}`, app.token);
}

async function send(
  app: SlackApp,
  { message, limitMs }: { readonly message: OutgoingMessage; readonly limitMs: number },
  signal: AbortSignal,
): Promise<Delivery> {
  const call = { method: 'chat.postMessage', body: slackMessage(message), limitMs };
  const answer = await callSlack(app, call, signal);
  if (answer.kind === 'silent' || answer.status !== 200) return readFailure(answer);
  const said = readObject(answer.text);
  if (said?.['ok'] === true)
    return { outcome: 'delivered', receipt: `Slack took it as ${String(said['ts'])}` };
  if (typeof said?.['error'] !== 'string') return notUnderstood(answer, "Slack's answer with ok");
  const { error } = said;
  const reason = `Slack: ${error}`;
  return { outcome: 'failed', permanent: forGood.has(error), maybeSent: false, reason };
}
