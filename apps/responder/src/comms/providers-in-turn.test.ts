import { expect, test } from 'vitest';
import type { Delivery, FailedDelivery, OutgoingMessage } from './channel.ts';
import type { Provider } from './create-providers.ts';
import { page } from './fixtures/channel-contract.ts';
import { providersInTurn, type ProvidersInTurn } from './providers-in-turn.ts';

const failed: FailedDelivery = { outcome: 'failed', permanent: false, maybeSent: false, reason: 'HTTP 500' };
const refused: Delivery = { ...failed, permanent: true };
const taken: Delivery = { outcome: 'delivered', receipt: 'ok' };
const restOf = (retryAfterMs: number): Delivery => ({ ...failed, reason: 'HTTP 429', retryAfterMs });
const never = new AbortController().signal;

/** A provider that ends its attempts as it is told, and counts them. */
class Scripted {
  asked: string[] = [];
  ends: (message: OutgoingMessage) => Delivery | Promise<Delivery> = () => taken;
  readonly provider: Provider;

  constructor(name: string, more: Partial<Provider> = {}) {
    const channel = {
      deliver: (message: OutgoingMessage) => {
        this.asked.push(message.id);
        return Promise.resolve(this.ends(message));
      },
      check: () => Promise.resolve(null),
      close: () => undefined,
    };
    this.provider = { name, channel, ...more };
  }
}

const attempts = (turn: ProvidersInTurn, channel: string) => ({
  at: (at: number, nth = 2, to: Partial<OutgoingMessage> = {}): Promise<Delivery> =>
    turn.deliver({ channel, attempts: nth, at }, { ...page, ...to }, never),
});

async function failThrice(on: Scripted, sends: ReturnType<typeof attempts>, to = ''): Promise<void> {
  on.ends = () => failed;
  for (let n = 0; n < 3; n += 1) await sends.at(0, 1, { address: to });
}

test('each attempt takes the next provider; one that fails again and again is left out at once', async () => {
  const [first, second] = [new Scripted('sms'), new Scripted('sms-2')];
  const sends = attempts(providersInTurn({ sms: [first.provider, second.provider] }), 'sms');
  await sends.at(0, 1);
  await sends.at(0, 2);
  await sends.at(0, 3);
  expect([first.asked.length, second.asked.length]).toEqual([2, 1]);
  await failThrice(first, sends);
  await sends.at(0, 1);
  await sends.at(0, 3);
  expect([first.asked.length, second.asked.length]).toEqual([5, 3]);
});

test('with none left later attempts wait and one of them probes; a first one is made at once, and closes it', async () => {
  const only = new Scripted('email');
  const sends = attempts(providersInTurn({ email: [only.provider] }), 'email');
  await failThrice(only, sends);
  expect(await sends.at(5000)).toEqual({
    ...failed,
    reason: 'email: it failed again and again; it is tried again in 10 s',
    retryAfterMs: 10_000,
  });
  expect(only.asked).toHaveLength(3);
  expect(await sends.at(5000, 1)).toMatchObject(failed);
  expect(only.asked).toHaveLength(4);
  only.ends = () => taken;
  expect(await sends.at(5001, 1)).toEqual(taken);
  expect(await sends.at(5002)).toEqual(taken);
});

test('of several that are left out each has a first attempt, one after the other', async () => {
  const [first, second] = [new Scripted('sms'), new Scripted('sms-2')];
  const sends = attempts(providersInTurn({ sms: [first.provider, second.provider] }), 'sms');
  await failThrice(first, sends);
  second.ends = () => failed;
  for (let n = 0; n < 3; n += 1) await sends.at(0, 2);
  first.asked = [];
  second.asked = [];
  for (const nth of [1, 2, 3]) await sends.at(1000, nth);
  expect([first.asked.length, second.asked.length]).toEqual([1, 1]);
});

test('a server that hangs holds four first attempts, not all of them; the others come soon, and are first ones still', async () => {
  const only = new Scripted('email');
  const sends = attempts(providersInTurn({ email: [only.provider] }), 'email');
  await failThrice(only, sends);
  const { promise: silence, resolve } = Promise.withResolvers<Delivery>();
  only.ends = () => silence;
  const hanging = ['a', 'b', 'c', 'd'].map((id) => sends.at(1000, 1, { id }));
  expect(await sends.at(1000, 1, { id: 'e' })).toMatchObject({ outcome: 'failed', retryAfterMs: 1000 });
  expect(only.asked.slice(3)).toEqual(['a', 'b', 'c', 'd']);
  resolve(failed);
  await Promise.all(hanging);
  await sends.at(6000, 2, { id: 'e' });
  expect(only.asked.at(-1)).toBe('e');
  expect(await sends.at(6001, 3, { id: 'e' })).toMatchObject({ retryAfterMs: 8999 });
});

test('one responder finds out that a server is back, and the other believes it', async () => {
  const only = new Scripted('webhook', { serverOf: (address) => address });
  const other = providersInTurn({ webhook: [only.provider] });
  const turn = providersInTurn({ webhook: [only.provider] }, { onBack: ({ server }) => other.trust(server) });
  for (const one of [turn, other]) await failThrice(only, attempts(one, 'webhook'), 'bridge');
  only.ends = () => taken;
  const to = { address: 'bridge' };
  expect(await attempts(other, 'webhook').at(1000, 2, to)).toMatchObject({ outcome: 'failed' });
  expect(await attempts(turn, 'webhook').at(1000, 1, to)).toEqual(taken);
  expect(await attempts(other, 'webhook').at(1000, 2, to)).toEqual(taken);
});

test('who does not insist waits with first attempts, too', async () => {
  const only = new Scripted('email');
  const sends = attempts(providersInTurn({ email: [only.provider] }, { insists: false }), 'email');
  await failThrice(only, sends);
  expect(await sends.at(5000, 1)).toMatchObject({ retryAfterMs: 10_000 });
});

test('a server that is down says nothing of the others of its provider', async () => {
  const hooks = new Scripted('webhook', { serverOf: (address) => address });
  const sends = attempts(providersInTurn({ webhook: [hooks.provider] }), 'webhook');
  hooks.ends = ({ address }) => (address === 'dead' ? failed : taken);
  for (let n = 1; n <= 3; n += 1) await sends.at(0, n, { address: 'dead' });
  expect(await sends.at(0, 2, { address: 'dead' })).toMatchObject({ retryAfterMs: 15_000 });
  expect(await sends.at(0, 2, { address: 'well' })).toEqual(taken);
});

test('refusals and what is about an address alone do not count, and a channel that is not configured is for good', async () => {
  const only = new Scripted('sms');
  const turn = providersInTurn({ sms: [only.provider] });
  only.ends = () => refused;
  for (let n = 0; n < 5; n += 1) await attempts(turn, 'sms').at(0);
  only.ends = () => ({ ...failed, aboutAddress: true });
  for (let n = 0; n < 5; n += 1) await attempts(turn, 'sms').at(0);
  expect(only.asked).toHaveLength(10);
  expect(await attempts(turn, 'voice').at(0)).toMatchObject({
    permanent: true,
    reason: 'no voice is configured',
  });
});

test('a provider that asked for a rest is not asked before it is over, also when another failed since', async () => {
  const [first, second] = [new Scripted('sms'), new Scripted('sms-2')];
  const sends = attempts(providersInTurn({ sms: [first.provider, second.provider] }), 'sms');
  first.ends = () => restOf(60_000);
  second.ends = () => failed;
  expect(await sends.at(0, 1)).toMatchObject({ retryAfterMs: 0 });
  await sends.at(10, 2);
  await sends.at(1000, 3);
  expect([first.asked.length, second.asked.length]).toEqual([1, 2]);
  second.ends = () => restOf(30_000);
  expect(await sends.at(2000, 4)).toMatchObject({ reason: 'HTTP 429' });
  const waits = await sends.at(3000, 5);
  expect(waits).toMatchObject({ reason: 'sms: it asked for a rest; it is tried again in 30 s' });
  expect(first.asked).toHaveLength(1);
  await sends.at(60_500, 5);
  expect(first.asked).toHaveLength(2);
});

test('a first attempt believes a rest for a minute', async () => {
  const only = new Scripted('ntfy');
  const back: string[] = [];
  const turn = providersInTurn({ ntfy: [only.provider] }, { onBack: ({ server }) => void back.push(server) });
  const replica = providersInTurn({ ntfy: [only.provider] });
  const sends = attempts(turn, 'ntfy');
  only.ends = () => restOf(600_000);
  await attempts(replica, 'ntfy').at(0, 1);
  await sends.at(0, 1);
  only.asked = ['m-1'];
  only.ends = () => taken;
  const other = { id: 'm-2' };
  expect(await sends.at(30_000, 1, other)).toMatchObject({ outcome: 'failed' });
  expect(await sends.at(90_000)).toMatchObject({ outcome: 'failed' });
  expect(only.asked).toHaveLength(1);
  expect(await sends.at(90_000, 2, other)).toEqual(taken);
  expect(await sends.at(90_001)).toEqual(taken);
  // Whoever waits for the rest of it hears that it is over.
  expect(back).toEqual(['ntfy']);
  expect(await attempts(replica, 'ntfy').at(90_002)).toMatchObject({ outcome: 'failed' });
  replica.trust('ntfy');
  expect(await attempts(replica, 'ntfy').at(90_003)).toEqual(taken);
});

test('throttled attempts open nothing, and where addresses are throttled the others go on', async () => {
  const only = new Scripted('slack', { throttlesAddresses: true });
  const sends = attempts(providersInTurn({ slack: [only.provider] }), 'slack');
  only.ends = ({ address }) => (address === 'C9' ? restOf(1000) : taken);
  for (const at of [0, 2000, 4000, 6000]) await sends.at(at, 2, { address: 'C9' });
  expect(only.asked).toHaveLength(4);
  expect(await sends.at(6001, 2, { address: 'U1' })).toEqual(taken);
  expect(await sends.at(6001, 2, { address: 'C9' })).toMatchObject({ outcome: 'failed' });
});

test('an attempt that was cut off from here teaches nothing, and holds no place', async () => {
  const only = new Scripted('email');
  const turn = providersInTurn({ email: [only.provider] });
  await failThrice(only, attempts(turn, 'email'));
  for (let n = 0; n < 5; n += 1)
    await turn.deliver({ channel: 'email', attempts: 1, at: 1000 }, page, AbortSignal.abort());
  expect(only.asked).toHaveLength(8);
  expect(await attempts(turn, 'email').at(1000)).toMatchObject({ retryAfterMs: 14_000 });
});
