import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether Twilio sent this request: X-Twilio-Signature is the base64 HMAC-SHA-1, under the account's token, of the full URL and every
 * form field, name and value, sorted by name. Source: twilio.com/docs/usage/security.
 */
export function isFromTwilio(
  token: string,
  request: {
    readonly url: string;
    readonly form: ReadonlyMap<string, string>;
    readonly signature: string | undefined;
  },
): boolean {
  const fields = [...request.form].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const signed = `${request.url}${fields.map(([name, value]) => `${name}${value}`).join('')}`;
  const expected = createHmac('sha1', token).update(signed).digest();
  const given = Buffer.from(request.signature ?? '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
