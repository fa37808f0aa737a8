import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { channelContract, page, summaryOf } from '../fixtures/channel-contract.ts';
import { type Dialect, startHttpProvider } from '../fixtures/http-provider.ts';
import { httpUnderTest } from '../fixtures/http-under-test.ts';
import { createWebhookChannel } from './webhook-channel.ts';

const receiver: Dialect = {
  accepts: () => ({ status: 204, body: '' }),
  refuses: { status: 422, body: 'no such queue' },
  breaks: { status: 502, body: 'bad gateway' },
  throttles: { status: 429, headers: { 'retry-after': '7' }, body: 'slow down' },
};
const open = new AbortController().signal;

channelContract(
  'webhook',
  () =>
    httpUnderTest({
      dialect: receiver,
      address: 'ops',
      make: (url, limitMs) => createWebhookChannel({ ops: { url, secret: 's' } }, limitMs),
      read: ({ body }) => {
        const { subject, text } = JSON.parse(body) as { subject: string; text: string };
        return `${subject}\n${text}`;
      },
      retryAfterMs: 7000,
    }),
  // Any 2xx is a receipt here: receivers answer what they like.
  { asks: 'only-by-sending', never: ['talks-nonsense'] },
);

test('a receiver can check the signature over timestamp and body, and tell a repeat by its key', async () => {
  const provider = await startHttpProvider(receiver);
  const channel = createWebhookChannel({ ops: { url: `${provider.url}/hook`, secret: 'secret' } });
  await channel.deliver({ ...page, address: 'ops' }, open);
  await provider.close();
  const [request] = provider.received;
  const { 'x-tocsin-timestamp': timestamp, 'x-tocsin-signature': signature } = request?.headers ?? {};
  const mac = createHmac('sha256', 'secret').update(`${timestamp}.${request?.body}`).digest('hex');
  expect(signature).toBe(`v1=${mac}`);
  expect(request).toMatchObject({ path: '/hook', headers: { 'idempotency-key': 'm-1' } });
});

test('a summary carries the links of each incident that it names, and those of all', async () => {
  const provider = await startHttpProvider(receiver);
  const channel = createWebhookChannel({ ops: { url: provider.url, secret: 'secret' } });
  const summary = summaryOf(199);
  await channel.deliver({ ...summary, address: 'ops' }, open);
  await provider.close();
  const sent = JSON.parse(provider.received[0]?.body ?? '') as { text: string; incidents: readonly object[] };
  expect(sent).toMatchObject({
    incidentId: null,
    acknowledgeUrl: summary.answers?.acknowledgeAllUrl,
    incidentUrl: 'https://tocsin.example.org/',
    otherIncidents: 179,
  });
  expect(sent.incidents).toHaveLength(20);
  expect(sent.incidents[0]).toMatchObject({ incidentId: 'inc_3', incidentNumber: 3 });
  expect(sent.text).toContain(`#22: ${summary.answers?.each[19]?.acknowledgeUrl}`);
  expect(sent.text).toContain(`All 199: ${summary.answers?.acknowledgeAllUrl}`);
});

test('a redirect is not followed, and a name that is not configured is for good', async () => {
  const provider = await startHttpProvider({
    ...receiver,
    breaks: { status: 302, headers: { location: 'http://169.254.169.254/' }, body: '' },
  });
  provider.mood = 'breaks';
  const channel = createWebhookChannel({ ops: { url: provider.url, secret: 's' } });
  expect(await channel.deliver({ ...page, address: 'ops' }, open)).toMatchObject({ permanent: true });
  expect(provider.received).toHaveLength(1);
  await provider.close();
  expect(await channel.deliver({ ...page, address: 'other' }, open)).toMatchObject({
    permanent: true,
    reason: 'no target "other" is configured; expected one of ops',
  });
});
