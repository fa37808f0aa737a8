import { type Channel, deliveryLimitMs, type OutgoingMessage } from '../channel.ts';
import { shortText } from '../message-text.ts';
import { checkTwilio } from '../twilio/check-twilio.ts';
import { createAtTwilio, type TwilioAccount } from '../twilio/twilio-api.ts';

/** Three segments of Unicode: read at a glance, and not torn apart on the way. */
const longestSms = 400;

/** Pages by SMS through Twilio; the address is a number in E.164. `statusUrl` hears what became of each message. */
export function createSmsChannel(
  account: TwilioAccount & { readonly statusUrl: ((messageId: string) => string) | null },
  limitMs = deliveryLimitMs,
): Channel {
  return {
    deliver: (message, signal) =>
      createAtTwilio(account, { resource: 'Messages', form: toForm(account, message), limitMs }, signal),
    check: (signal) => checkTwilio(account, 'sms', signal),
    close: () => undefined,
  };
}

function toForm(
  { from, statusUrl }: { readonly from: string; readonly statusUrl: ((messageId: string) => string) | null },
  message: OutgoingMessage,
): (readonly [string, string])[] {
  return [
    ['To', message.address],
    [from.startsWith('MG') ? 'MessagingServiceSid' : 'From', from],
    ['Body', shortText(message, longestSms)],
    ...(statusUrl === null ? [] : [['StatusCallback', statusUrl(message.id)] as const]),
  ];
}
