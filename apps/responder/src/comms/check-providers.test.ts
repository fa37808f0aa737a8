import { expect, test } from 'vitest';
import type { Channel } from './channel.ts';
import { checkProviders } from './check-providers.ts';
import { alive, type Health } from './health.ts';

function channel(check: Channel['check']): Channel {
  return {
    deliver: () => Promise.reject(new Error('nothing is sent here')),
    check,
    close: () => undefined,
  };
}

const never = new Promise<Health>(() => undefined);

test('all are asked at once, each within the limit; one that hangs or breaks says nothing of the others', async () => {
  let asked = 0;
  const ask = (answer: Promise<Health | null>) =>
    channel(() => {
      asked += 1;
      return answer;
    });
  const states = checkProviders(
    {
      inbox: [{ name: 'inbox', channel: ask(Promise.resolve(null)) }],
      sms: [
        { name: 'sms', channel: ask(never) },
        { name: 'sms-2', channel: ask(Promise.resolve(alive)) },
      ],
      slack: [{ name: 'slack', channel: ask(Promise.reject(new Error('it broke'))) }],
      push: [{ name: 'push', channel: ask(Promise.resolve(alive)) }],
    },
    50,
  );
  expect(asked).toBe(5);
  expect(await states).toEqual([
    { name: 'sms', state: 'dead', reason: 'cut off: no answer within 0.05 s' },
    { name: 'sms-2', state: 'alive', reason: null },
    { name: 'slack', state: 'dead', reason: 'it broke' },
    { name: 'push', state: 'alive', reason: null },
  ]);
});
