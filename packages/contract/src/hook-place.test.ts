import { expect, it } from 'vitest';
import { hookPlaceOf } from './hook-place.ts';
import { subscribeWays, subscriberConfig } from './subscriber-config.ts';

const config = subscriberConfig.parse({
  webhookHosts: ['example.com', 'https://10.0.0.5:8443', 'http://127.0.0.1:9000'],
  slack: true,
});

it.each([
  ['https://example.com/hook?key=1#part', 'https://example.com/hook?key=1', true],
  ['https://a.b.EXAMPLE.com/', 'https://a.b.example.com/', true],
  ['https://example.com:443/', 'https://example.com/', true],
  ['https://10.0.0.5:8443/in', 'https://10.0.0.5:8443/in', false],
  ['http://127.0.0.1:9000/in', 'http://127.0.0.1:9000/in', false],
])('posts to the webhook %s', (given, url, onlyPublic) => {
  expect(hookPlaceOf('webhook', given, config)).toEqual({ url, onlyPublic });
});

it.each([
  'http://example.com/',
  'https://example.com:8443/',
  'https://badexample.com/',
  'https://example.com.evil.org/',
  'https://example.com./',
  'https://user:pass@example.com/',
  'https://evil.org\\@example.com/',
  'https://example.com@evil.org/',
  'https://10.0.0.5/',
  'http://10.0.0.5:8443/',
  'https://169.254.169.254/latest/meta-data/',
  'http://127.0.0.1:9001/',
  'http://0x7f000001:9001/',
  'file:///etc/passwd',
  'example.com',
  `https://example.com/${'a'.repeat(500)}`,
])('posts to no webhook %s', (given) => {
  expect(hookPlaceOf('webhook', given, config)).toBeNull();
});

function place(url: string, of = config) {
  return hookPlaceOf('slack', url, of);
}

it('knows an incoming webhook of Slack by its form', () => {
  const good = 'https://hooks.slack.com/services/T0AB/B0CD/abcDEF123';
  expect(place(good)).toEqual({ url: good, onlyPublic: true });
  expect(place('http://hooks.slack.com/services/T0AB/B0CD/abcDEF123')).toBeNull();
  expect(place('https://hooks.slack.com/services/T0AB/B0CD/../../x')).toBeNull();
  expect(place('https://hooks.slack.com.example.com/services/T0AB/B0CD/abc')).toBeNull();
  expect(place(`${good}?x=1`)).toBeNull();
  expect(place(good, subscriberConfig.parse({ webhookHosts: ['slack.com'] }))).toBeNull();
  const own = subscriberConfig.parse({ slack: { url: 'http://127.0.0.1:9000' } });
  expect(place('http://127.0.0.1:9000/services/T0AB/B0CD/abc', own)?.onlyPublic).toBe(false);
  expect(place(good, own)).toBeNull();
});

function ways(given: unknown) {
  return subscribeWays(subscriberConfig.parse(given));
}

it('offers what is configured', () => {
  expect(ways(undefined)).toEqual([]);
  expect(ways(true)).toEqual(['email']);
  expect(ways({ slack: true })).toEqual(['email', 'slack']);
  expect(ways({ email: false, webhookHosts: ['example.com'], slack: false })).toEqual(['webhook']);
});

it.each([
  'com',
  '*.example.com',
  'http://example.com',
  'https://example.com/',
  'https://example.com/path',
  '10.0.0.5',
  'Example.com',
  'localhost',
])('takes %s for no host', (host) => {
  expect(subscriberConfig.safeParse({ webhookHosts: [host] }).success).toBe(false);
});
