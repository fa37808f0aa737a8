import { expect, test } from 'vitest';
import { isFromTwilio } from './twilio-signature.ts';

/** The example of twilio.com/docs/usage/security. */
const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
const form = new Map([
  ['Digits', '1234'],
  ['To', '+18005551212'],
  ['From', '+14158675309'],
  ['Caller', '+14158675309'],
  ['CallSid', 'CA1234567890ABCDE'],
]);
const signature = 'RSOYDt4T1cUTdK1PDd93/VVr8B8=';

test("Twilio's own example holds, whatever the order of the fields", () => {
  expect(isFromTwilio('12345', { url, form, signature })).toBe(true);
});

test.each([
  ['another token', '54321', { url, form, signature }],
  ['another address', '12345', { url: `${url}&x=1`, form, signature }],
  ['another digit', '12345', { url, form: new Map([...form, ['Digits', '1']]), signature }],
  ['one more field', '12345', { url, form: new Map([...form, ['X', '1']]), signature }],
  ['no signature', '12345', { url, form, signature: undefined }],
  ['half a signature', '12345', { url, form, signature: 'RSOYDt4T' }],
])('%s does not', (_case, token, request) => {
  expect(isFromTwilio(token, request)).toBe(false);
});
