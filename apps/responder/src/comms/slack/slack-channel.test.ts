import { expect, test } from 'vitest';
import { channelContract, page } from '../fixtures/channel-contract.ts';
import { wrongSecret } from '../fixtures/check-contract.ts';
import { type Dialect, startHttpProvider } from '../fixtures/http-provider.ts';
import { httpUnderTest } from '../fixtures/http-under-test.ts';
import { createSlackChannel } from './slack-channel.ts';

const token = 'xoxb-1';

/** Source: docs.slack.dev, chat.postMessage, auth.test and rate limits: refusals come with 200, throttling with 429 and Retry-After. */
const slack: Dialect = {
  accepts: ({ path, headers }) => {
    if (headers['authorization'] !== `Bearer ${token}`)
      return { status: 200, body: { ok: false, error: 'invalid_auth' } };
    return path === '/api/auth.test'
      ? { status: 200, body: { ok: true, team: 'T', user: 'tocsin', bot_id: 'B1' } }
      : { status: 200, body: { ok: true, channel: 'D1', ts: '1503435956.000247' } };
  },
  refuses: { status: 200, body: { ok: false, error: 'channel_not_found' } },
  breaks: { status: 200, body: { ok: false, error: 'internal_error' } },
  throttles: { status: 429, headers: { 'retry-after': '30' }, body: { ok: false, error: 'ratelimited' } },
};
const open = new AbortController().signal;

interface Sent {
  readonly channel: string;
  readonly text: string;
  readonly blocks: readonly { readonly text?: { readonly text: string } }[];
}

channelContract(
  'slack',
  () =>
    httpUnderTest({
      dialect: slack,
      address: 'U024BE7LH',
      make: (url, limitMs) => createSlackChannel({ token, url }, limitMs),
      makeWrong: (url) => createSlackChannel({ token: wrongSecret, url }),
      read: ({ body }) => (JSON.parse(body) as Sent).blocks.map((one) => one.text?.text).join('\n'),
      retryAfterMs: 30_000,
    }),
  { asks: 'provider' },
);

test('a message holds a button that acknowledges, and nothing in it becomes a mention', async () => {
  const provider = await startHttpProvider(slack);
  const channel = createSlackChannel({ token, url: provider.url });
  await channel.deliver({ ...page, address: 'U024BE7LH', subject: '<!channel> #12 & more' }, open);
  await provider.close();
  const [request] = provider.received;
  expect(request?.path).toBe('/api/chat.postMessage');
  expect(request?.headers['authorization']).toBe('Bearer xoxb-1');
  const sent = JSON.parse(request?.body ?? '') as Sent;
  expect(sent).toMatchObject({ channel: 'U024BE7LH', text: '&lt;!channel&gt; #12 &amp; more' });
  expect(sent.blocks.at(-1)).toMatchObject({
    elements: [
      { action_id: 'acknowledge', value: 'inc_1' },
      { url: page.answer?.incidentUrl },
      { action_id: 'escalate', value: '{"incident":"inc_1","level":2}' },
    ],
  });
});

test('a token that was taken back is ours to repair: it is tried again', async () => {
  const provider = await startHttpProvider({
    ...slack,
    refuses: { status: 200, body: { ok: false, error: 'token_revoked' } },
  });
  provider.mood = 'refuses';
  const channel = createSlackChannel({ token, url: provider.url });
  const delivery = await channel.deliver({ ...page, address: 'U1' }, open);
  await provider.close();
  expect(delivery).toMatchObject({ permanent: false, reason: 'Slack: token_revoked' });
});
