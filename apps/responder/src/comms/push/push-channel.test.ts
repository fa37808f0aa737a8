import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import webPush from 'web-push';
import { channelContract, page, summaryOf } from '../fixtures/channel-contract.ts';
import { type Dialect, startHttpProvider } from '../fixtures/http-provider.ts';
import { httpUnderTest } from '../fixtures/http-under-test.ts';
import { createPushBrowser } from '../fixtures/push-browser.ts';
import { createPushChannel } from './push-channel.ts';
import { pushPayload } from './push-payload.ts';
import { whyNoPushService } from './push-service.ts';

/** Source: RFC 8030, and autopush's documented errors. */
const pushService: Dialect = {
  accepts: () => ({ status: 201, headers: { location: '/m/1' }, body: '' }),
  refuses: { status: 410, body: { code: 410, errno: 106, error: 'Gone', message: 'NotRegistered' } },
  breaks: { status: 503, body: { code: 503, errno: 201, error: 'Service Unavailable' } },
  throttles: {
    status: 429,
    headers: { 'retry-after': '7' },
    body: { code: 429, error: 'Too Many Requests' },
  },
};
const keys = webPush.generateVAPIDKeys();
const browser = createPushBrowser();

function channelTo(url: string, limitMs?: number, lost: string[] = [], known = keys) {
  return createPushChannel(
    {
      subject: 'mailto:ops@example.org',
      keys: () => Promise.resolve(known),
      deviceOf: (id) => Promise.resolve(id === 'laptop' ? browser.subscription(`${url}/wpush/1`) : null),
      lose: (id) => Promise.resolve(void lost.push(id)),
    },
    limitMs,
  );
}

channelContract(
  'push',
  () =>
    httpUnderTest({
      dialect: pushService,
      address: 'laptop',
      make: channelTo,
      read: ({ raw }) => {
        const { title, body } = JSON.parse(browser.read(raw)) as { title: string; body: string };
        return `${title}\n${body}`;
      },
      makeWrong: (url) =>
        channelTo(url, undefined, [], { ...keys, publicKey: webPush.generateVAPIDKeys().publicKey }),
      retryAfterMs: 7000,
    }),
  { asks: 'itself' },
);

const open = new AbortController().signal;

/** The claims of a header by our key; fails when they are not signed by it (RFC 8292). */
function claimsOf(authorization: string): unknown {
  const [, token = '', key] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? [];
  expect(key).toBe(keys.publicKey);
  const [head, claims = '', mac = ''] = token.split('.');
  const point = Buffer.from(keys.publicKey, 'base64url');
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const signed = Buffer.from(`${head}.${claims}`);
  const given = Buffer.from(mac, 'base64url');
  expect(verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, given)).toBe(true);
  return JSON.parse(Buffer.from(claims, 'base64url').toString());
}

test('it is urgent, signed by our key for that service, and only the browser can read it', async () => {
  const provider = await startHttpProvider(pushService);
  await channelTo(provider.url).deliver({ ...page, address: 'laptop' }, open);
  await provider.close();
  const [request] = provider.received;
  expect(request?.headers).toMatchObject({ urgency: 'high', ttl: '3600', 'content-encoding': 'aes128gcm' });
  expect(claimsOf(request?.headers['authorization'] ?? '')).toMatchObject({
    aud: provider.url,
    sub: 'mailto:ops@example.org',
  });
  expect(request?.body).not.toContain('everything fails');
  const raw = request?.raw ?? Buffer.alloc(0);
  expect(JSON.parse(browser.read(raw))).toMatchObject({
    url: page.answer?.incidentUrl,
    acknowledgeUrl: page.answer?.acknowledgeUrl,
  });
  expect(() => createPushBrowser().read(raw)).toThrow(/authenticate/);
});

test('a device that its service knows no more is lost; one that is throttled is not', async () => {
  const provider = await startHttpProvider(pushService);
  const lost: string[] = [];
  const channel = channelTo(provider.url, undefined, lost);
  for (const mood of ['throttles', 'breaks', 'refuses'] as const) {
    provider.mood = mood;
    await channel.deliver({ ...page, address: 'laptop' }, open);
  }
  await provider.close();
  expect(lost).toEqual(['laptop']);
  expect(await channel.deliver({ ...page, address: 'phone' }, open)).toMatchObject({ permanent: true });
});

test('a summary leads to the list, and its button acknowledges all of it', () => {
  expect(JSON.parse(pushPayload(summaryOf(199)))).toMatchObject({
    url: 'https://tocsin.example.org/',
    acknowledgeUrl: summaryOf(199).answers?.acknowledgeAllUrl,
  });
});

test('the longest text fits, encrypted, whatever it is made of', () => {
  for (const letter of ['x', '\u0001', '"', '漢', '🔔'])
    expect(
      Buffer.byteLength(pushPayload({ ...page, subject: letter.repeat(5000), body: letter.repeat(5000) })),
    ).toBeLessThan(3900);
});

test.each([
  ['https://fcm.googleapis.com/fcm/send/1', true],
  ['https://updates.push.services.mozilla.com/wpush/v2/1', true],
  ['https://web.push.apple.com/1', true],
  ['https://push.example.org/1', true],
  ['http://fcm.googleapis.com/1', false],
  ['https://fcm.googleapis.com:8443/1', false],
  ['https://evilpush.apple.com.example.org/1', false],
  ['http://169.254.169.254/latest', false],
])('%s may be a push service: %s', (endpoint, may) => {
  expect(whyNoPushService(endpoint, ['https://push.example.org']) === null).toBe(may);
});
