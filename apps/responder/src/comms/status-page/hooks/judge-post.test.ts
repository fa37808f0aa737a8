import { expect, it } from 'vitest';
import { judgePost } from './judge-post.ts';

const hourMs = 3_600_000;

function judged(
  status: number | null,
  so: { failures?: number; refusedForMs?: number; ageMs?: number; retryAfterMs?: number } = {},
) {
  const { failures = 0, refusedForMs = null, ageMs = 0, retryAfterMs } = so;
  const told = retryAfterMs === undefined ? {} : { retryAfterMs };
  const delivery = { outcome: 'failed', permanent: false, maybeSent: false, reason: 'no', ...told } as const;
  return judgePost({ delivery, status }, { failures, refusedForMs, ageMs });
}

it('tries again for a day, ever more rarely, or when the target says', () => {
  expect(judged(503)).toMatchObject({ kind: 'again', restMs: 2000, refused: false });
  expect(judged(null, { failures: 3 })).toMatchObject({ kind: 'again', restMs: 16_000, refused: false });
  expect(judged(500, { failures: 5000 })).toMatchObject({ restMs: 900_000 });
  expect(judged(429, { retryAfterMs: 60_000 })).toMatchObject({ restMs: 60_000, refused: false });
  expect(judged(503, { ageMs: 25 * hourMs })).toMatchObject({ kind: 'give-up' });
});

it('forgets a target that is gone, or has refused for three days, and no other', () => {
  expect(judged(410)).toEqual({ kind: 'forget', reason: 'no' });
  expect(judged(404)).toMatchObject({ kind: 'again', refused: true });
  expect(judged(404, { refusedForMs: 71 * hourMs })).toMatchObject({ kind: 'again' });
  expect(judged(404, { refusedForMs: 73 * hourMs })).toEqual({ kind: 'forget', reason: 'no' });
  expect(judged(null, { refusedForMs: 73 * hourMs })).toMatchObject({ kind: 'again' });
  expect(judged(503, { refusedForMs: 73 * hourMs })).toMatchObject({ kind: 'again' });
});

it('gives up for a target that the configuration no longer names', () => {
  expect(judgePost('closed', { failures: 0, refusedForMs: null, ageMs: 0 }).kind).toBe('give-up');
});
