import { expect, it } from 'vitest';
import { now, probes } from '../../test/facts/build-facts.ts';
import { dependencyFacts, postgresPod } from '../../test/facts/build-outages.ts';
import { check } from '../../test/facts/build-told.ts';
import type { DependencyCheck, Facts } from '#facts';
import { diagnose } from './diagnose.ts';

/** The same answer to every check of the last half minute, newest first. */
const always = (changes: Partial<DependencyCheck>): readonly DependencyCheck[] =>
  Array.from({ length: 6 }, (_, i) => check({ ...changes, at: now - 1000 - i * 5000 }));

const ofRedis = { kind: 'redis', subject: 'deployment/redis' } as const;
const silent = {
  outcome: 'timeout',
  detail: 'no answer within 2000 ms; connected',
  durationMs: 2000,
} as const;
const full = { outcome: 'rejected', detail: '53300: sorry, too many clients already' } as const;
const failing = probes({ count: 30, failed: 30, overMs: 30_000 });
const slow = probes({ count: 20, durationMs: 1600, overMs: 20_000 });
const outage = (changes: Partial<Facts>) =>
  dependencyFacts(changes, { pods: [...dependencyFacts().cluster.pods, postgresPod()] });
const dayMs = 24 * 3_600_000;

const cases: readonly {
  readonly name: string;
  readonly picture: Facts;
  readonly named: readonly string[];
}[] = [
  {
    name: 'a database that accepts connections and answers nobody',
    picture: outage({ probes: failing, checks: [...always(silent), ...always(ofRedis)] }),
    named: ['dependency-down statefulset/postgres'],
  },
  {
    name: 'a database that turned clients away, and has counted free slots since',
    picture: outage({
      logSignatures: [{ signature: 'sqlstate:53300', pod: 'api-1', count: 40, lastAt: now - 20_000 }],
      checks: always({ values: { connections: 12, connectionSlots: 57 } }),
    }),
    named: ['unknown '],
  },
  {
    name: 'a database that turned clients away just now, whatever was counted before',
    picture: outage({
      logSignatures: [{ signature: 'sqlstate:53300', pod: 'api-1', count: 40, lastAt: now - 500 }],
      checks: always({ values: { connections: 12, connectionSlots: 57 } }),
    }),
    named: ['database-connection-exhaustion statefulset/postgres'],
  },
  {
    name: 'one silence: not named yet',
    picture: outage({ checks: [check(silent), ...always({}).slice(1)] }),
    named: ['unknown '],
  },
  {
    name: 'silence that may be slowness: not named yet',
    picture: outage({
      probes: failing,
      checks: [
        check({ ...silent, at: now - 4000, durationMs: 4000 }),
        check({ ...silent, at: now - 8500, durationMs: 4000 }),
        check({ at: now - 9000, durationMs: 400 }),
      ],
    }),
    named: ['unknown '],
  },
  {
    name: 'a database that begins to answer and does not end in time, while tenants wait',
    picture: outage({ probes: failing, checks: always({ ...silent, values: { firstByteMs: 900 } }) }),
    named: ['dependency-slow statefulset/postgres'],
  },
  {
    name: 'a database that has no answer for us, while most requests that some tenants miss are served',
    picture: outage({ probes: probes({ count: 30, failed: 9, overMs: 30_000 }), checks: always(silent) }),
    named: ['unknown '],
  },
  {
    name: 'a database that refuses, twice',
    picture: outage({
      probes: failing,
      checks: [
        check({ outcome: 'refused' }),
        check({ at: now - 2000, outcome: 'refused' }),
        check({ at: now - 7000 }),
      ],
    }),
    named: ['dependency-down statefulset/postgres'],
  },
  {
    name: 'everything silent at once: the way there, or ourselves',
    picture: outage({ checks: [...always(silent), ...always({ ...silent, ...ofRedis })] }),
    named: ['unknown '],
  },
  {
    name: 'every dependency slow to answer us at once: the way there, or ourselves',
    picture: outage({
      probes: slow,
      checks: [...always({ durationMs: 1900 }), ...always({ durationMs: 1300, ...ofRedis })],
    }),
    named: ['unknown '],
  },
  {
    name: 'a database alone that is slow to answer us, while tenants wait',
    picture: outage({ probes: slow, checks: [...always({ durationMs: 1900 }), ...always(ofRedis)] }),
    named: ['dependency-slow statefulset/postgres'],
  },
  {
    name: 'a silent database while the control target is silent too',
    picture: outage({ checks: always(silent), controls: [{ at: now - 1000, reachable: false }] }),
    named: ['unknown '],
  },
  {
    name: 'a server that turns the check away for want of a slot',
    picture: outage({ probes: failing, checks: always(full) }),
    named: ['database-connection-exhaustion statefulset/postgres'],
  },
  {
    name: 'a login of ours that is refused',
    picture: outage({
      checks: always({ outcome: 'rejected', detail: '28P01: password authentication failed' }),
    }),
    named: ['unknown '],
  },
  {
    name: 'a database that answers late while tenants wait',
    picture: outage({ probes: slow, checks: always({ durationMs: 1700 }) }),
    named: ['dependency-slow statefulset/postgres'],
  },
  {
    name: 'queries that wait for a lock while tenants wait',
    picture: outage({ probes: slow, checks: always({ values: { lockWaits: 12 } }) }),
    named: ['dependency-slow statefulset/postgres'],
  },
  {
    name: 'a database whose clients piled up behind a lock until it answered nobody',
    picture: outage({
      probes: failing,
      checks: [
        ...always(silent).slice(0, 4),
        check({ at: now - 22_000, values: { lockWaits: 0 } }),
        check({ at: now - 24_000, values: { lockWaits: 15 } }),
        check({ at: now - 29_000, values: { lockWaits: 0 } }),
      ],
    }),
    named: ['dependency-slow statefulset/postgres'],
  },
  {
    name: 'a lock that was let go of since, by two answers',
    picture: outage({
      probes: slow,
      checks: [check({}), check({ at: now - 3000 }), check({ at: now - 9000, values: { lockWaits: 15 } })],
    }),
    named: ['unknown '],
  },
  {
    name: 'one query that waits for a lock, as pods do that migrate at their start',
    picture: outage({ probes: slow, checks: always({ values: { lockWaits: 1 } }) }),
    named: ['unknown '],
  },
  {
    name: 'a certificate that ends within the limit of its check',
    picture: outage({
      checks: [
        check({
          kind: 'tls',
          subject: 'host/a.example',
          values: { expiresInMs: 20 * dayMs, warnWithinMs: 30 * dayMs },
        }),
        check({
          kind: 'tls',
          subject: 'host/b.example',
          values: { expiresInMs: 20 * dayMs, warnWithinMs: 14 * dayMs },
        }),
      ],
    }),
    named: ['certificate-expiring host/a.example'],
  },
];

it.each(cases)('$name', ({ picture, named }) => {
  expect(diagnose(picture).map((one) => `${one.id} ${one.subject}`)).toEqual(named);
});
