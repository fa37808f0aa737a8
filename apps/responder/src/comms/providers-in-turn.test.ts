import { expect, test } from 'vitest';
import type { Channel, Delivery } from './channel.ts';
import type { Provider } from './create-providers.ts';
import { providersInTurn } from './providers-in-turn.ts';

const channel: Channel = {
  deliver: () => Promise.reject(new Error('nobody sends here')),
  check: () => Promise.resolve(null),
  close: () => undefined,
};
const first: Provider = { name: 'sms', channel };
const second: Provider = { name: 'sms-2', channel };
const failed: Delivery = { outcome: 'failed', permanent: false, maybeSent: false, reason: 'HTTP 500' };
const refused: Delivery = { ...failed, permanent: true };

test('each attempt takes the next provider; one that fails again and again is left out at once', () => {
  const turn = providersInTurn({ sms: [first, second] });
  expect(turn.take('sms', 1, 0)).toBe(first);
  expect(turn.take('sms', 2, 0)).toBe(second);
  expect(turn.take('sms', 3, 0)).toBe(first);
  for (let n = 0; n < 3; n += 1) turn.learn(first, failed, 0);
  expect(turn.take('sms', 1, 0)).toBe(second);
  expect(turn.take('sms', 3, 0)).toBe(second);
});

test('with none left it says until when, and then one attempt probes', () => {
  const turn = providersInTurn({ sms: [first] });
  for (let n = 0; n < 3; n += 1) turn.learn(first, failed, 0);
  expect(turn.take('sms', 1, 5000)).toMatchObject({
    permanent: false,
    maybeSent: false,
    retryAfterMs: 10_000,
  });
  expect(turn.take('sms', 1, 15_000)).toBe(first);
  expect(turn.take('sms', 1, 15_000)).toMatchObject({ outcome: 'failed' });
  turn.learn(first, { outcome: 'delivered', receipt: 'ok' }, 16_000);
  expect(turn.take('sms', 1, 16_000)).toBe(first);
});

test('refusals do not count against a provider, and a channel that is not configured is for good', () => {
  const turn = providersInTurn({ sms: [first] });
  for (let n = 0; n < 5; n += 1) turn.learn(first, refused, 0);
  expect(turn.take('sms', 1, 0)).toBe(first);
  expect(turn.take('voice', 1, 0)).toMatchObject({ permanent: true, reason: 'no voice is configured' });
});
