import { expect, test } from 'vitest';
import { channelContract, page, summaryOf } from '../fixtures/channel-contract.ts';
import { startHttpProvider } from '../fixtures/http-provider.ts';
import { wrongSecret } from '../fixtures/check-contract.ts';
import { httpUnderTest } from '../fixtures/http-under-test.ts';
import { twilioAccount, twilioDialect } from '../fixtures/twilio-dialect.ts';
import { shortText } from '../message-text.ts';
import { createSmsChannel } from './sms-channel.ts';

const account = twilioAccount;
const twilio = twilioDialect('SM1');
const statusUrl = (id: string): string => `https://tocsin.example.org/status/${id}`;

channelContract(
  'sms',
  () =>
    httpUnderTest({
      dialect: twilio,
      address: '+4915112345678',
      make: (url, limitMs) => createSmsChannel({ ...account, url, statusUrl: null }, limitMs),
      makeWrong: (url) => createSmsChannel({ ...account, token: wrongSecret, url, statusUrl: null }),
      read: ({ body }) => new URLSearchParams(body).get('Body') ?? '',
      retryAfterMs: 3000,
    }),
  { asks: 'provider' },
);

test('a summary says how each of it, and all, are answered, whatever their number', () => {
  const short = shortText(summaryOf(3), 400);
  expect(short).toMatch(/\nReply ACK 3 or ACK 4 or ACK 5, or all: https:\/\/\S+\/acknowledge-all\/\S+$/);
  const long = shortText(summaryOf(199), 400);
  expect(long).toMatch(/^199 pages at once: #3/);
  expect(long).toMatch(/\nReply ACK 3, ACK 4, ACK 5 ..., or all: https:\/\/\S+$/);
  expect(long.length).toBeLessThanOrEqual(400);
});

test('it says who asks, to which number, how to reply, and where its fate is told', async () => {
  const provider = await startHttpProvider(twilio);
  const channel = createSmsChannel({ ...account, url: provider.url, statusUrl });
  const long = { ...page, address: '+4915112345678', body: 'x'.repeat(2000) };
  const delivery = await channel.deliver(long, new AbortController().signal);
  await provider.close();
  const [request] = provider.received;
  expect(delivery).toMatchObject({ receipt: 'Twilio took it as SM1 (queued)' });
  expect(request?.path).toBe('/2010-04-01/Accounts/AC1/Messages.json');
  expect(request?.headers['authorization']).toBe(`Basic ${btoa('AC1:twilio-token')}`);
  const form = Object.fromEntries(new URLSearchParams(request?.body));
  expect(form).toMatchObject({
    To: '+4915112345678',
    From: '+15005550006',
    StatusCallback: 'https://tocsin.example.org/status/m-1',
  });
  expect(form['Body']).toHaveLength(400);
  expect(form['Body']).toContain(`Reply ACK 12 or ESCALATE 12, or: ${page.answer?.acknowledgeUrl}`);
});
