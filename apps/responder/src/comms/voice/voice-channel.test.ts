import { expect, test } from 'vitest';
import { channelContract, page, summaryOf } from '../fixtures/channel-contract.ts';
import { startHttpProvider } from '../fixtures/http-provider.ts';
import { wrongSecret } from '../fixtures/check-contract.ts';
import { httpUnderTest } from '../fixtures/http-under-test.ts';
import { twilioAccount, twilioDialect } from '../fixtures/twilio-dialect.ts';
import { callScript } from './call-script.ts';
import { createVoiceChannel } from './voice-channel.ts';

const account = twilioAccount;
const twilio = twilioDialect('CA1');
const urls = {
  key: (id: string): string => `https://t.example.org/key/${id}`,
  status: (id: string): string => `https://t.example.org/status/${id}`,
};

channelContract(
  'voice',
  () =>
    httpUnderTest({
      dialect: twilio,
      address: '+4915112345678',
      make: (url, limitMs) => createVoiceChannel({ ...account, url, urls: null }, limitMs),
      makeWrong: (url) => createVoiceChannel({ ...account, token: wrongSecret, url, urls: null }),
      read: ({ body }) => new URLSearchParams(body).get('Twiml') ?? '',
      retryAfterMs: 3000,
    }),
  { asks: 'provider' },
);

test('the call asks for a key, and every stage of it is told', async () => {
  const provider = await startHttpProvider(twilio);
  const channel = createVoiceChannel({ ...account, url: provider.url, urls });
  await channel.deliver({ ...page, address: '+4915112345678' }, new AbortController().signal);
  await provider.close();
  const form = new URLSearchParams(provider.received[0]?.body);
  expect(provider.received[0]?.path).toBe('/2010-04-01/Accounts/AC1/Calls.json');
  expect(form.getAll('StatusCallbackEvent')).toEqual(['initiated', 'ringing', 'answered', 'completed']);
  expect(form.get('StatusCallback')).toBe('https://t.example.org/status/m-1');
  expect(form.get('Twiml')).toContain('action="https://t.example.org/key/m-1"');
  expect(form.get('Twiml')).toContain('Press 4 to acknowledge, 6 to call the next level.');
});

test('a call about several says their numbers and the key for all of them, and stays a short one', () => {
  const script = callScript(summaryOf(3), urls.key('summary-m-1'));
  expect(script).toContain('3 incidents wait for you: number 3, 4, 5.');
  expect(script).toContain('Press 4 to acknowledge all 3 incidents.');
  expect(script).not.toContain('next level');
  const storm = callScript(summaryOf(199), urls.key('summary-m-1'));
  expect(storm).toContain(', 22, and 179 more.');
  expect(storm).toContain('Press 4 to acknowledge all 199 incidents.');
  expect(storm.length).toBeLessThan(4000);
});

test('what is spoken cannot become TwiML, and fits into a request', () => {
  const script = callScript(
    { ...page, subject: '</Say><Dial>+1900</Dial> & "', body: '\u0001<'.repeat(5000) },
    null,
  );
  expect(script).not.toContain('<Dial>');
  expect(script).not.toContain('\u0001');
  expect(script.length).toBeLessThan(4000);
});
