import { expect, test } from 'vitest';
import { startHttpProvider } from '../fixtures/http-provider.ts';
import { twilioAccount, type TwilioAccountState, twilioDialect } from '../fixtures/twilio-dialect.ts';
import { checkTwilio } from './check-twilio.ts';

const { from } = twilioAccount;

async function check(use: 'sms' | 'voice', state: TwilioAccountState, account = twilioAccount) {
  const provider = await startHttpProvider(twilioDialect('SM1', state));
  const { signal } = new AbortController();
  const health = await checkTwilio({ ...account, url: provider.url }, use, signal);
  await provider.close();
  return {
    ...health,
    asked: provider.received.map(
      ({ method, path }) => `${method} ${path.replace('/2010-04-01/Accounts', '')}`,
    ),
  };
}

test('the account and the number are asked for, and nothing is written', async () => {
  expect(await check('sms', {})).toEqual({
    state: 'alive',
    reason: null,
    asked: ['GET /AC1.json', 'GET /AC1/IncomingPhoneNumbers.json?PhoneNumber=%2B15005550006'],
  });
});

test('an account that is suspended is dead, although its token holds', async () => {
  const { state, reason } = await check('voice', { status: 'suspended' });
  expect({ state, reason }).toEqual({
    state: 'dead',
    reason: 'HTTP 200, but the account is suspended; expected active',
  });
});

test.each([
  ['sms', { numbers: [] }, `HTTP 200, but ${from} is no number of the account`],
  ['sms', { numbers: [], verified: [from] }, `HTTP 200, but ${from} is no number of the account`],
  ['voice', { numbers: [] }, `HTTP 200, but ${from} is no number of the account`],
  ['voice', { numbers: [], verified: [from] }, null],
  [
    'sms',
    { numbers: [{ phone_number: from, capabilities: { sms: false, voice: true } }] },
    `HTTP 200, but ${from} cannot be used for sms`,
  ],
] as const)('a number is to be one that can be used for %s: %j', async (use, state, reason) => {
  expect(await check(use, state)).toMatchObject({ state: reason === null ? 'alive' : 'dead', reason });
});

test('of a messaging service only the account is asked for', async () => {
  const { state, asked } = await check('sms', { numbers: [] }, { ...twilioAccount, from: 'MG1' });
  expect({ state, asked: asked.length }).toEqual({ state: 'alive', asked: 1 });
});
