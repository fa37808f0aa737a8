import { expect, test } from 'vitest';
import type { RunResult } from '../pipeline/run-pipeline.ts';
import { podOn } from '../fixtures/live-view.ts';
import { argvOfPod, logSelector, matchesSelector } from './read-logs-by-pod.ts';
import { serviceNameOf } from './read-equivalent.ts';
import { judgeRun, type RunFacts } from './read-outcome.ts';

const run: RunFacts = { lastCommand: 'kubectl', filtered: false, watches: false };
const exited = (exitCode: number) => ({ kind: 'exited', exitCode, signal: null }) as const;

const rows: readonly (readonly [string, Partial<RunResult>, Partial<RunFacts>, string, string | null])[] = [
  ['an ordinary end', { end: exited(0), exitCode: 0 }, {}, 'ended', null],
  [
    'kubectl failed',
    { end: exited(1), exitCode: 1, stderr: 'Error: no\nmore' },
    {},
    'failed',
    'exit code 1: Error: no',
  ],
  [
    'grep found nothing',
    { end: exited(0), exitCode: 1 },
    { lastCommand: 'grep', filtered: true },
    'ended',
    'no line matches',
  ],
  [
    'kubectl failed before grep',
    { end: exited(1), exitCode: 1, stderr: 'x' },
    { lastCommand: 'grep', filtered: true },
    'failed',
    'exit code 1: x',
  ],
  [
    'head had enough',
    { end: { kind: 'pipe-closed' }, exitCode: 0 },
    { lastCommand: 'head', filtered: true },
    'ended',
    null,
  ],
  ['its limit', { end: { kind: 'timed-out' } }, {}, 'cut-off', 'no end within 8 s'],
  [
    'a watch',
    { end: { kind: 'timed-out' } },
    { watches: true },
    'ended',
    'watched for 8 s, as long as its limit',
  ],
  ['cancelled', { end: { kind: 'cancelled' } }, {}, 'cut-off', 'cancelled'],
  ['no such program', { end: { kind: 'cannot-start', message: 'ENOENT' } }, {}, 'failed', 'ENOENT'],
];

test.each(rows)('%s', (...[, result, facts, outcome, reason]) => {
  const whole: RunResult = {
    limitMs: 8000,
    end: exited(0),
    exitCode: null,
    stdout: '',
    stderr: '',
    bytes: 0,
    droppedBytes: 0,
    ...result,
  };
  expect(judgeRun(whole, { ...run, ...facts })).toMatchObject({ outcome, reason });
});

test('logs by selector become logs of one pod', () => {
  const argv = ['kubectl', 'logs', '-n', 'platform', '-l', 'app=api', '--since=10m'];
  expect(argvOfPod(argv, 'api-1')).toEqual([
    'kubectl',
    'logs',
    'api-1',
    '-n',
    'platform',
    '--since=10m',
    '--tail=2000',
  ]);
  expect(argvOfPod([...argv, '--tail=100', '--follow'], 'api-1')).toEqual([
    'kubectl',
    'logs',
    'api-1',
    '-n',
    'platform',
    '--since=10m',
    '--tail=100',
  ]);
});

test.each([
  [['kubectl', 'logs', '-n', 'platform', '-l', 'app=api'], 'app=api'],
  [['kubectl', 'logs', '-n', 'platform', '--selector=app=api'], 'app=api'],
  [['kubectl', 'logs', '-n', 'other', '-l', 'app=api'], null],
  [['kubectl', 'logs', '-n', 'platform', 'pod-1'], null],
  [['kubectl', 'get', 'pods', '-n', 'platform', '-l', 'app=api'], null],
])('%j', (argv, selector) => expect(logSelector([argv], 'platform')).toBe(selector));

test.each([
  ['app=multitenant-api', true],
  ['app==multitenant-api', true],
  ['app=other', false],
  ['app=multitenant-api,tier=x', false],
  ['app in (a,b)', false],
  ['app!=x', false],
])('selector %s', (selector, expected) => expect(matchesSelector(selector, podOn('a', 'n'))).toBe(expected));

test.each([
  ['kubectl run debug --rm -it -- psql -h postgres-service -U postgres -c "SELECT 1;"', 'postgres-service'],
  [
    `kubectl run x --overrides='{"command":["psql","-h","postgres-service","-U","postgres"]}'`,
    'postgres-service',
  ],
  ['kubectl run x -- redis-cli -h redis-service.platform.svc ping', 'redis-service'],
  ['kubectl run x -- curl --fail http://multitenant-api-service:8080/health', 'multitenant-api-service'],
  ['kubectl run debug --image=nicolaka/netshoot --rm -it -- sh', null],
])('%s talks to a Service', (text, name) => expect(serviceNameOf(text)).toBe(name));
