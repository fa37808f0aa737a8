import { urlUnder } from '#platform';
import type { Delivery } from '../channel.ts';
import { post } from '../http/post.ts';
import { notUnderstood, readFailure, readObject } from '../http/read-failure.ts';

export interface TwilioAccount {
  /** Account SID, `AC...`. */
  readonly account: string;
  readonly token: string;
  /** Number in E.164, or for messages the SID of a messaging service, `MG...`. */
  readonly from: string;
  /** Default `https://api.twilio.com`. */
  readonly url?: string | undefined;
}

/** Where a resource of the account is. */
export function atTwilio(
  { account, url = 'https://api.twilio.com' }: TwilioAccount,
  resource: string,
): string {
  return urlUnder(url, `2010-04-01/Accounts/${account}${resource}.json`);
}

export function loginAtTwilio({ account, token }: TwilioAccount): string {
  return `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`;
}

/** Creates a message or a call. Source: twilio.com/docs, REST API 2010-04-01; a success is 201 with the new resource's SID. */
export async function createAtTwilio(
  account: TwilioAccount,
  what: {
    readonly resource: 'Messages' | 'Calls';
    readonly form: readonly (readonly [string, string])[];
    readonly limitMs: number;
  },
  signal: AbortSignal,
): Promise<Delivery> {
  const answer = await post(
    {
      url: atTwilio(account, `/${what.resource}`),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: loginAtTwilio(account),
      },
      body: new URLSearchParams(what.form.map(([name, value]) => [name, value])).toString(),
      limitMs: what.limitMs,
    },
    signal,
  );
  const said = answer.kind === 'answer' ? readObject(answer.text) : null;
  if (answer.kind === 'silent' || answer.status < 200 || answer.status > 299)
    return readFailure(answer, said === null ? null : reasonOf(said));
  if (typeof said?.['sid'] !== 'string') return notUnderstood(answer, "Twilio's resource with its sid");
  return { outcome: 'delivered', receipt: `Twilio took it as ${said['sid']} (${String(said['status'])})` };
}

/** Twilio's reason in the body of an error; null when it gave none. */
export function reasonOf({ message, code }: Readonly<Record<string, unknown>>): string | null {
  return typeof message === 'string' ? `${message} (Twilio ${String(code)})` : null;
}
