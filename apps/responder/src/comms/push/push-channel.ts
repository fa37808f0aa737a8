import webPush from 'web-push';
import type { Subscription } from '#oncall';
import { type Channel, type Delivery, deliveryLimitMs, type OutgoingMessage } from '../channel.ts';
import { post } from '../http/post.ts';
import { notUnderstood, readFailure } from '../http/read-failure.ts';
import { checkPushKeys } from './check-push-keys.ts';
import type { PushKeys } from './push-keys.ts';
import { pushPayload } from './push-payload.ts';

/** A page that has waited for so long wakes nobody in time any more. */
const keptSeconds = 3600;

export interface PushSending {
  /** Where a push service reaches who sends: `mailto:...` or a url (RFC 8292). */
  readonly subject: string;
  readonly keys: () => Promise<PushKeys>;
  /** The subscription of a device; null when there is none (any more). */
  readonly deviceOf: (id: string) => Promise<Subscription | null>;
  /** The push service knows the device no more. */
  readonly lose: (id: string) => Promise<void>;
}

/** Web push to a browser that its person has added, the device's id being the address: encrypted for it alone (RFC 8291). */
export function createPushChannel(sending: PushSending, limitMs = deliveryLimitMs): Channel {
  return {
    deliver: (message, signal) => send(sending, { message, limitMs }, signal),
    check: (signal) => checkPushKeys(sending, signal),
    close: () => undefined,
  };
}

async function send(
  sending: PushSending,
  { message, limitMs }: { readonly message: OutgoingMessage; readonly limitMs: number },
  signal: AbortSignal,
): Promise<Delivery> {
  const ready = await prepare(sending, message);
  if ('outcome' in ready) return ready;
  const answer = await post({ ...ready, limitMs }, signal);
  if (answer.kind === 'answer' && answer.status === 201)
    return { outcome: 'delivered', receipt: 'the push service took it' };
  if (answer.kind === 'answer' && answer.status >= 200 && answer.status < 300)
    return notUnderstood(answer, 'HTTP 201 of a push service');
  const failure = readFailure(answer);
  // Gone, or never there: it is not asked again (RFC 8030, 7.3).
  if (answer.kind === 'answer' && (answer.status === 404 || answer.status === 410))
    await sending.lose(message.address).catch(() => undefined);
  return failure;
}

async function prepare(
  { keys, subject, deviceOf }: PushSending,
  message: OutgoingMessage,
): Promise<{ url: string; headers: Record<string, string>; body: Uint8Array } | Delivery> {
  const none = { outcome: 'failed', maybeSent: false } as const;
  try {
    const device = await deviceOf(message.address);
    if (device === null)
      return { ...none, permanent: true, reason: `the device ${message.address} is no longer there` };
    const options = {
      TTL: keptSeconds,
      urgency: 'high',
      vapidDetails: { subject, ...(await keys()) },
    } as const;
    const made = webPush.generateRequestDetails(device, pushPayload(message), options);
    const headers = Object.entries(made.headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
    // The length is said by whoever sends it.
    const said = headers.filter(([name]) => name !== 'content-length');
    return { url: made.endpoint, headers: Object.fromEntries(said), body: made.body ?? new Uint8Array() };
  } catch (error) {
    return { ...none, permanent: false, reason: (error as Error).message };
  }
}
