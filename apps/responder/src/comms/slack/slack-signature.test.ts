import { expect, test } from 'vitest';
import { whyNotFromSlack } from './slack-signature.ts';

/** The example of docs.slack.dev, "Verifying requests from Slack". */
const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const request = {
  timestamp: '1531420618',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
};
const then = 1_531_420_618_000;

test("Slack's own example holds for five minutes", () => {
  expect(whyNotFromSlack(secret, request, then)).toBeNull();
  expect(whyNotFromSlack(secret, request, then + 299_000)).toBeNull();
});

test.each([
  ['later', { now: then + 301_000 }, /last 300 s/],
  ['from the future', { now: then - 301_000 }, /last 300 s/],
  ['without a time', { timestamp: undefined }, /expected epoch seconds/],
  ['with another body', { body: `${request.body}&x=1` }, /not that of this body/],
  ['under another secret', { secret: 'other' }, /not that of this body/],
  ['without a signature', { signature: undefined }, /not that of this body/],
])('%s it does not', (_case, change, why) => {
  const { secret: key, now, ...given } = { secret, now: then, ...request, ...change };
  expect(whyNotFromSlack(key, given, now)).toMatch(why);
});
