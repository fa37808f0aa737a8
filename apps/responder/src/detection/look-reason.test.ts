import { expect, it } from 'vitest';
import { facts, now } from '../../test/facts/build-facts.ts';
import { check } from '../../test/facts/build-told.ts';
import { lookReason } from './look-reason.ts';

const bad = (agoMs: number) => check({ at: now - agoMs, outcome: 'timeout' });
const good = (agoMs: number) => check({ at: now - agoMs });

it('is a dependency that has just begun to fail', () => {
  expect(lookReason(facts())).toBeNull();
  expect(lookReason(facts({ checks: [good(1000)] }))).toBeNull();
  expect(lookReason(facts({ checks: [bad(1000)] }))).toBe('cluster');
  expect(lookReason(facts({ checks: [bad(1000), bad(6000), good(11_000)] }))).toBe('cluster');
  const other = check({ at: now, kind: 'redis', subject: 'deployment/redis' });
  expect(lookReason(facts({ checks: [other, bad(1000)] }))).toBe('cluster');
});

it('is none that failed long ago, is well again, or does not know our login', () => {
  expect(lookReason(facts({ checks: [good(1000), bad(6000)] }))).toBeNull();
  const long = Array.from({ length: 20 }, (_, i) => bad(1000 + i * 5000));
  expect(lookReason(facts({ checks: long }))).toBeNull();
  const refused = check({ outcome: 'rejected', detail: 'WRONGPASS invalid username-password pair' });
  expect(lookReason(facts({ checks: [refused] }))).toBeNull();
});
