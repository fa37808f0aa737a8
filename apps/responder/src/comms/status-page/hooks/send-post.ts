import { hookPlaceOf, type SubscriberConfig } from '@tocsin/contract';
import type { Delivery } from '../../channel.ts';
import { type Answer, post } from '../../http/post.ts';
import { notUnderstood, readFailure } from '../../http/read-failure.ts';
import { signWebhook } from '../../webhook/sign-webhook.ts';
import type { HookPage, HookRow, PostContent } from './hook-row.ts';
import { slackBody } from './slack-body.ts';
import { webhookBody } from './webhook-body.ts';

export interface SendPostOptions {
  readonly page: HookPage;
  readonly ways: Pick<SubscriberConfig, 'webhookHosts' | 'slack'>;
  /** Default 10 s; shorter than the lease of a target. */
  readonly limitMs?: number;
}

/** How an attempt ended; `status` of the answer, null without one. `closed`: no request may leave for this target any more. */
export type PostEnd = { readonly delivery: Delivery; readonly status: number | null } | 'closed';

/** Posts once, where the configuration lets it. */
export async function sendPost(
  { page, ways, limitMs = 10_000 }: SendPostOptions,
  { hook, content }: { readonly hook: HookRow; readonly content: PostContent },
  signal: AbortSignal,
): Promise<PostEnd> {
  const place = hookPlaceOf(hook.kind, hook.url, ways);
  if (place === null) return 'closed';
  const now = Date.now();
  const timestamp = String(Math.floor(now / 1000));
  const isSlack = hook.kind === 'slack';
  const body = JSON.stringify(
    isSlack ? slackBody(hook, content, page) : webhookBody(hook, content, { page, now }),
  );
  const signed = {
    'idempotency-key': content.id,
    'x-tocsin-timestamp': timestamp,
    'x-tocsin-signature': signWebhook(hook.secret, timestamp, body),
  };
  const headers = { 'content-type': 'application/json', ...(isSlack ? {} : signed) };
  const answer = await post({ ...place, headers, body, limitMs }, signal);
  return { delivery: readAnswer(answer, isSlack), status: answer.kind === 'silent' ? null : answer.status };
}

/** Any 2xx is a receipt; Slack says `ok` with it. */
function readAnswer(answer: Answer, isSlack: boolean): Delivery {
  if (answer.kind === 'silent' || answer.status < 200 || answer.status > 299) return readFailure(answer);
  if (isSlack && answer.text.trim() !== 'ok') return notUnderstood(answer, "Slack's ok");
  return { outcome: 'delivered', receipt: `HTTP ${answer.status}` };
}
