import { expect, test } from 'vitest';
import { channelContract, page, summaryOf } from '../fixtures/channel-contract.ts';
import { wrongSecret } from '../fixtures/check-contract.ts';
import { type Dialect, type Received, type Spoken, startHttpProvider } from '../fixtures/http-provider.ts';
import { httpUnderTest } from '../fixtures/http-under-test.ts';
import { createNtfyChannel } from './ntfy-channel.ts';

/** A token that does not hold is refused whatever is asked for, before it is looked at what. */
function answer({ method, path, body, headers }: Received): Spoken {
  const login = headers['authorization'];
  if (login !== undefined && login !== 'Bearer tk_1')
    return { status: 401, body: { code: 40_101, http: 401, error: 'unauthorized' } };
  if (method === 'GET' && path === '/v1/health') return { status: 200, body: { healthy: true } };
  if (method === 'GET' && path === '/v1/account')
    return { status: 200, body: { username: login === undefined ? '*' : 'tocsin', role: 'user' } };
  if (method === 'GET') return { status: 404, body: { code: 40_401, http: 404, error: 'page not found' } };
  return {
    status: 200,
    body: { id: 'hwQ2YpKdmg', time: 1_635_528_757, event: 'message', ...(JSON.parse(body) as object) },
  };
}

/** Source: docs.ntfy.sh, "Publish as JSON" and "Monitoring", and the answers and errors of ntfy's server. */
const ntfy: Dialect = {
  accepts: answer,
  refuses: {
    status: 400,
    body: { code: 40_009, http: 400, error: 'invalid request: topic invalid' },
  },
  breaks: { status: 500, body: { code: 50_001, http: 500, error: 'internal server error' } },
  throttles: {
    status: 429,
    body: { code: 42_901, http: 429, error: 'limit reached: too many requests' },
  },
};

channelContract(
  'ntfy',
  () =>
    httpUnderTest({
      dialect: ntfy,
      address: 'oncall-topic',
      make: (url, limitMs) => createNtfyChannel({ url, token: 'tk_1' }, limitMs),
      makeWrong: (url) => createNtfyChannel({ url, token: wrongSecret }),
      read: ({ body }) => {
        const { title, message } = JSON.parse(body) as { title: string; message: string };
        return `${title}\n${message}`;
      },
    }),
  { asks: 'provider' },
);

test('a summary has a button for each of two, of more one for all, never more than three, and fits into a message', async () => {
  const provider = await startHttpProvider(ntfy);
  const channel = createNtfyChannel({ url: provider.url });
  for (const count of [2, 199])
    await channel.deliver(
      { ...summaryOf(count), body: '漢'.repeat(9000), address: 'topic' },
      new AbortController().signal,
    );
  await provider.close();
  const [two, storm] = provider.received.map(
    ({ body }) => JSON.parse(body) as { message: string; actions: readonly { label: string }[] },
  );
  expect(two?.actions.map((one) => one.label)).toEqual([
    'Acknowledge all 2',
    'Acknowledge #3',
    'Acknowledge #4',
  ]);
  expect(storm?.actions.map((one) => one.label)).toEqual(['Acknowledge all 199', 'Open the list']);
  expect(Buffer.byteLength(storm?.message ?? '')).toBeLessThanOrEqual(4096);
});

test('without a token the server is asked for its health', async () => {
  const provider = await startHttpProvider(ntfy);
  const { signal } = new AbortController();
  const health = await createNtfyChannel({ url: `${provider.url}/` }).check(signal);
  await provider.close();
  expect(health).toEqual({ state: 'alive', reason: null });
  expect(provider.received.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/health']);
});

test('it goes to the topic with the token, and its buttons post to the links of the page', async () => {
  const provider = await startHttpProvider(ntfy);
  const channel = createNtfyChannel({ url: provider.url, token: 'tk_1' });
  await channel.deliver({ ...page, address: 'oncall-topic' }, new AbortController().signal);
  await provider.close();
  const [request] = provider.received;
  expect(request?.path).toBe('/');
  expect(request?.headers['authorization']).toBe('Bearer tk_1');
  expect(JSON.parse(request?.body ?? '')).toMatchObject({
    topic: 'oncall-topic',
    priority: 5,
    click: page.answer?.incidentUrl,
    actions: [
      { action: 'http', method: 'POST', url: page.answer?.acknowledgeUrl, clear: true },
      { action: 'http', method: 'POST', url: page.answer?.escalate?.url, label: 'Call level 2' },
      { action: 'view', url: page.answer?.incidentUrl },
    ],
  });
});
