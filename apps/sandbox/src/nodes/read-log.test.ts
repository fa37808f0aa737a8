import { expect, it } from 'vitest';
import { selectLines } from './read-log.ts';

const line = (second: number) => ({ at: `2026-01-01T00:00:0${second}.000Z`, text: String(second) });
const all = [1, 2, 3, 4, 5].map(line);
const plain = { previous: false, follow: false, timestamps: false };
const now = Date.parse('2026-01-01T00:00:06Z');

it.each([
  [{}, '12345'],
  [{ tailLines: 2 }, '45'],
  [{ tailLines: 0 }, ''],
  [{ tailLines: 9 }, '12345'],
  [{ sinceSeconds: 3 }, '345'],
  [{ sinceTime: '2026-01-01T00:00:04Z' }, '45'],
  [{ sinceSeconds: 4, tailLines: 1 }, '5'],
])('%o gives %s', (options, expected) => {
  const chosen = selectLines(all, { ...plain, ...options }, now);
  expect(chosen.map(({ text }) => text).join('')).toBe(expected);
});
