import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from './stack.ts';

const quietMs = 5 * 60_000;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});

it('opens no incident during five quiet minutes under traffic', { timeout: quietMs + 60_000 }, async () => {
  const client = stack.clientOf('primary');
  const endsAt = Date.now() + quietMs;
  const verdicts = new Set<string>();
  while (Date.now() < endsAt) {
    await sleep(1000);
    verdicts.add((await client.status()).verdict);
  }
  expect(await client.listIncidents()).toEqual([]);
  expect([...verdicts]).not.toContain('confirmed');
  expect(verdicts.has('quiet')).toBe(true);
});
