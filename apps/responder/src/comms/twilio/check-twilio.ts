import { checkLimitMs, type Health } from '../health.ts';
import { get } from '../http/post.ts';
import { readHealth } from '../http/read-health.ts';
import { atTwilio, loginAtTwilio, reasonOf, type TwilioAccount } from './twilio-api.ts';

type Body = Readonly<Record<string, unknown>>;
type Use = 'sms' | 'voice';

/**
 * Whether the account takes our token and is active, and whether the number is one that it may use so. A messaging service (`MG...`) is
 * of another API and is not looked up. Source: twilio.com/docs, REST API 2010-04-01: Account, IncomingPhoneNumber, OutgoingCallerId.
 */
export async function checkTwilio(account: TwilioAccount, use: Use, signal: AbortSignal): Promise<Health> {
  const own = await read(atTwilio(account, ''), (body) => whyNotActive(body), { account, signal });
  if (own.state !== 'alive' || !account.from.startsWith('+')) return own;
  return checkNumber(account, use, signal);
}

async function checkNumber(account: TwilioAccount, use: Use, signal: AbortSignal): Promise<Health> {
  const { from } = account;
  const owned = await read(
    listOf(account, 'IncomingPhoneNumbers'),
    (body) => whyNotAmong(body['incoming_phone_numbers'], from, use),
    { account, signal },
  );
  if (owned.state !== 'dead' || use === 'sms') return owned;
  // Calls may also come from a number that was only verified there.
  const verified = await read(
    listOf(account, 'OutgoingCallerIds'),
    (body) => whyNotAmong(body['outgoing_caller_ids'], from, use),
    { account, signal },
  );
  return verified.state === 'alive' ? verified : owned;
}

async function read(
  url: string,
  amiss: (body: Body) => string | null,
  { account, signal }: { readonly account: TwilioAccount; readonly signal: AbortSignal },
): Promise<Health> {
  const headers = { authorization: loginAtTwilio(account) };
  const answer = await get({ url, headers, limitMs: checkLimitMs }, signal);
  return readHealth(answer, { secret: account.token, said: reasonOf, amiss });
}

function listOf(account: TwilioAccount, list: string): string {
  return `${atTwilio(account, `/${list}`)}?${new URLSearchParams({ PhoneNumber: account.from }).toString()}`;
}

function whyNotActive({ status }: Body): string | null {
  if (status === 'active') return null;
  return typeof status === 'string'
    ? `the account is ${status}; expected active`
    : "it is not Twilio's account with its status";
}

function whyNotAmong(list: unknown, from: string, use: Use): string | null {
  if (!Array.isArray(list)) return "it is not Twilio's list of numbers";
  const found = (list as readonly Body[]).find((one) => one['phone_number'] === from);
  if (found === undefined) return `${from} is no number of the account`;
  const able = found['capabilities'] as Partial<Record<Use, boolean>> | undefined;
  return able?.[use] === false ? `${from} cannot be used for ${use}` : null;
}
