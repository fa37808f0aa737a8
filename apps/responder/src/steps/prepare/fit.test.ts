import { expect, test } from 'vitest';
import { readChange } from './change.ts';
import { fitOf, type Cause } from './fit.ts';

const minute = 60_000;
const impactStartAt = 1000 * minute;
const revisions = (minutesBefore: number) => [
  { number: 2, createdAt: impactStartAt - minutesBefore * minute, template: 'b', podTemplate: {} },
  { number: 1, createdAt: 0, template: 'a', podTemplate: {} },
];
const commands = {
  undo: ['rollout', 'undo', 'deployment/multitenant-api'],
  restart: ['rollout', 'restart', 'deployment/multitenant-api'],
  'restart database': ['rollout', 'restart', 'statefulset/postgres'],
  raise: [
    'patch',
    'deployment',
    'multitenant-api',
    '-p',
    JSON.stringify({
      spec: {
        template: { spec: { containers: [{ name: 'api', resources: { limits: { memory: '1Gi' } } }] } },
      },
    }),
  ],
  'end sessions': ['exec', 'statefulset/postgres', '--', 'psql', '-c', 'SELECT 1'],
} as const;

function ranked(id: Cause['id'], subject: string, minutesBefore: number): readonly string[] {
  const rank = (argv: readonly string[]): number =>
    fitOf({
      cause: { id, subject },
      change: readChange([['kubectl', ...argv]]),
      live: { revisions: revisions(minutesBefore), deployment: { name: 'multitenant-api' } },
      ours: [],
      impactStartAt,
    }).rank;
  return Object.entries(commands)
    .toSorted(([, a], [, b]) => rank(a) - rank(b))
    .map(([name]) => name);
}

test('a release that came just before the harm is taken back first, whatever the cause', () => {
  for (const id of ['crash-loop', 'memory-exhaustion', 'database-connection-exhaustion'] as const)
    expect(ranked(id, 'deployment/multitenant-api', 5)[0]).toBe('undo');
});

test('memory without a fresh release: the limit first, the restart after it, going back last of the service', () => {
  const order = ranked('memory-exhaustion', 'deployment/multitenant-api', 600);
  expect(order.filter((one) => ['raise', 'restart', 'undo'].includes(one))).toEqual([
    'raise',
    'restart',
    'undo',
  ]);
});

test('connections: end what holds them, then restart who holds them; the database itself comes last', () => {
  const order = ranked('database-connection-exhaustion', 'statefulset/postgres', 600);
  expect(order.indexOf('end sessions')).toBeLessThan(order.indexOf('restart'));
  expect(order.at(-1)).toBe('restart database');
});

test('a dependency that is down is restarted before what suffers from it', () => {
  const order = ranked('dependency-down', 'statefulset/postgres', 600);
  expect(order.indexOf('restart database')).toBeLessThan(order.indexOf('restart'));
});
