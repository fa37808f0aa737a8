import { type Channel, deliveryLimitMs, type OutgoingMessage } from '../channel.ts';
import { checkTwilio } from '../twilio/check-twilio.ts';
import { createAtTwilio, type TwilioAccount } from '../twilio/twilio-api.ts';
import { callScript } from './call-script.ts';

/** Where a call's keys and its fate are heard; null when the responder cannot be reached from outside. */
export interface CallUrls {
  readonly key: (messageId: string) => string;
  readonly status: (messageId: string) => string;
}

/** Rings a phone through Twilio; the address is a number in E.164. */
export function createVoiceChannel(
  account: TwilioAccount & { readonly urls: CallUrls | null },
  limitMs = deliveryLimitMs,
): Channel {
  return {
    deliver: (message, signal) =>
      createAtTwilio(account, { resource: 'Calls', form: toForm(account, message), limitMs }, signal),
    check: (signal) => checkTwilio(account, 'voice', signal),
    close: () => undefined,
  };
}

function toForm(
  { from, urls }: { readonly from: string; readonly urls: CallUrls | null },
  message: OutgoingMessage,
): (readonly [string, string])[] {
  const script: (readonly [string, string])[] = [
    ['To', message.address],
    ['From', from],
    ['Timeout', '45'],
    ['Twiml', callScript(message, urls?.key(message.answeredAs ?? message.id) ?? null)],
  ];
  if (urls === null) return script;
  return [
    ...script,
    ['StatusCallback', urls.status(message.id)],
    ...['initiated', 'ringing', 'answered', 'completed'].map(
      (event) => ['StatusCallbackEvent', event] as const,
    ),
  ];
}
