import { expect, test } from 'vitest';
import { createLiveOutputs } from './live-outputs.ts';

const read = { actionId: 'pods', command: 'kubectl get pods' };

test('what runs is shown as far as it has come, without secrets, until it has ended', () => {
  const outputs = createLiveOutputs(() => 7);
  const open = outputs.open('inc_1', read);
  expect(outputs.of('inc_1', [])).toEqual([{ ...read, startedAt: 7, text: '' }]);
  open.add('api-1 Running\n');
  open.add('it is s3cr3t-token\n');
  expect(outputs.of('inc_1', ['s3cr3t-token'])[0]?.text).toBe('api-1 Running\nit is [redacted]\n');
  expect(outputs.of('inc_2', [])).toEqual([]);
  open.close();
  expect(outputs.of('inc_1', [])).toEqual([]);
});

test('of a long output the end is kept', () => {
  const outputs = createLiveOutputs();
  outputs.open('inc_1', read).add(`${'a'.repeat(10_000)}end`);
  const [{ text } = { text: '' }] = outputs.of('inc_1', []);
  expect([text.length, text.slice(-4)]).toEqual([4096, 'aend']);
});
