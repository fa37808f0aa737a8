import { isFromTwilio } from '../twilio/twilio-signature.ts';
import type { CallbackRoom } from './callback-room.ts';
import { hearKey } from './hear-key.ts';
import { hearReply } from './hear-reply.ts';
import { hearStatus } from './hear-status.ts';
import { headerOf, type ProviderAnswer, type ProviderRequest, refused } from './provider-request.ts';

/** A form that Twilio sent, proven. */
export interface TwilioForm {
  readonly form: ReadonlyMap<string, string>;
  /** Of the message that it is about; empty for a reply. */
  readonly messageId: string;
  readonly now: number;
}

type Hear = (room: CallbackRoom, form: TwilioForm) => Promise<ProviderAnswer>;

const hears: Readonly<Record<string, Hear>> = { status: hearStatus, key: hearKey, reply: hearReply };

/** A call of Twilio's: `status` of a message or call, the `key` that was pressed, or the `reply` by SMS. Checked before it is believed. */
export async function hearTwilio(
  room: CallbackRoom,
  about: { readonly what: string; readonly messageId: string },
  request: ProviderRequest,
): Promise<ProviderAnswer> {
  const hear = Object.hasOwn(hears, about.what) ? hears[about.what] : undefined;
  if (hear === undefined || room.callbackBase === null)
    return { ...refused('no such callback'), status: 404 };
  const form = new Map(new URLSearchParams(request.body));
  const account = [...room.channels.sms, ...room.channels.voice].find(
    (one) => one.account === form.get('AccountSid'),
  );
  const url = `${room.callbackBase.replace(/\/+$/, '')}${request.path}`;
  const signature = headerOf(request, 'x-twilio-signature');
  if (account === undefined || !isFromTwilio(account.token, { url, form, signature }))
    return refused(
      `X-Twilio-Signature: it is not that of ${url} for a configured account; is publicUrl the address that Twilio calls?`,
    );
  return hear(room, { form, messageId: about.messageId, now: request.now });
}
