import { assert as check, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readKubectlArgv, withoutFlags } from '../kubectl-argv.ts';
import { liveView, podOn } from '../fixtures/live-view.ts';
import { addDrainTimeout } from './add-drain-timeout.ts';
import { bindingHash, type Binding } from './binding-hash.ts';
import { bindValues, fillPipeline, type LiveNames } from './bind-values.ts';
import { blastRadius } from './blast-radius.ts';
import { readChange, targetOf, undoOf } from './change.ts';
import { targetUid } from './target-uid.ts';

/** A patch of the memory limit of a container, with more in it where asked. */
const memoryPatch = (memory: string, more: object = {}): string =>
  JSON.stringify({
    spec: {
      template: { spec: { containers: [{ name: 'api', resources: { limits: { memory } }, ...more }] } },
    },
  });
const drain = ['kubectl', 'drain', '<node-name>', '--ignore-daemonsets', '--delete-emptydir-data'];

const named = (...nodes: readonly string[]): LiveNames => ({ node: nodes, networkpolicy: ['deny-all'] });

const bound = (subject: string, names = named()) => bindValues(['policy-name'], subject, names);

describe('values', () => {
  test('both names of the node are filled from the diagnosis', () => {
    expect(bindValues(['node-name', 'failed-node-name'], 'node/node-b', named('node-b'))).toEqual({
      values: { 'node-name': 'node-b', 'failed-node-name': 'node-b' },
      missing: [],
    });
  });

  test.each([
    ['node/node-z', 'not in the live node list'],
    ['node/--force', 'not a name by RFC 1123'],
    ['node/node-b --force', 'not a name by RFC 1123'],
    ['node/Node', 'not a name by RFC 1123'],
    ['deployment/x', 'names no node'],
  ])('%s is refused', (subject, reason) => {
    const names = named('node-b', '--force', 'node-b --force', 'Node');
    expect(bindValues(['node-name'], subject, names).missing.join()).toContain(reason);
  });

  test('the policy is that of the diagnosis, when it is there', () => {
    expect(bound('networkpolicy/deny-all')).toEqual({ values: { 'policy-name': 'deny-all' }, missing: [] });
    expect(bound('networkpolicy/gone').missing.join()).toContain('not in the live network policy list');
    expect(bound('service/api').missing.join()).toContain('names no network policy');
    const unread = bound('networkpolicy/deny-all', { node: [], networkpolicy: null });
    expect(unread.missing.join()).toContain('cannot be read');
  });

  test('a placeholder without a source stays missing', () => {
    expect(bindValues(['password'], 'node/node-b', named('node-b')).missing).toEqual([
      '<password> has no source',
    ]);
  });

  test('any accepted value is one argument and no option', () => {
    const hostile = oneof(
      string({ maxLength: 30 }),
      constantFrom(
        'a b',
        '-x',
        '--force',
        'a\nb',
        '$(id)',
        ';id',
        'a/../b',
        '<node-name>',
        '',
        '.',
        'a..b',
        'node-b',
      ),
    );
    check(
      property(hostile, (value) => {
        const { values, missing } = bindValues(['node-name'], `node/${value}`, named(value));
        const [argv = []] = fillPipeline([drain], values);
        expect(argv).toHaveLength(drain.length);
        const good = missing.length === 0 && /^[a-z0-9][a-z0-9.-]*$/.test(argv[2] ?? '');
        expect(good || argv.join() === drain.join()).toBe(true);
      }),
    );
  });
});

test('a drain gets a limit when it has none', () => {
  expect(addDrainTimeout([drain])).toEqual({ pipeline: [[...drain, '--timeout=60s']], added: true });
  const own = [[...drain, '--timeout', '5m']];
  expect(addDrainTimeout(own)).toEqual({ pipeline: own, added: false });
  expect(addDrainTimeout([['kubectl', 'get', 'nodes']]).added).toBe(false);
});

describe('changes are understood', () => {
  test.each([
    [['kubectl', 'cordon', 'node-b'], 'cordon', 'node/node-b', 'kubectl uncordon node-b'],
    [['kubectl', 'cordon', 'node/node-b'], 'cordon', 'node/node-b', 'kubectl uncordon node-b'],
    [['kubectl', 'drain', 'node-b', '--timeout=1m30s'], 'drain', 'node/node-b', 'kubectl uncordon node-b'],
    [
      ['kubectl', 'rollout', 'restart', 'deployment/api', '-n', 'platform'],
      'rollout-restart',
      'deployment/api',
      'kubectl rollout undo deployment/api -n platform',
    ],
    [
      ['kubectl', '-n', 'platform', 'rollout', 'restart', 'sts', 'postgres'],
      'rollout-restart',
      'statefulset/postgres',
      'kubectl rollout undo statefulset/postgres -n platform',
    ],
    [
      ['kubectl', 'rollout', 'undo', 'deployment/api', '-n', 'platform'],
      'rollout-undo',
      'deployment/api',
      'kubectl rollout undo deployment/api -n platform',
    ],
    [
      ['kubectl', 'patch', 'deployment', 'api', '-n', 'platform', '-p', memoryPatch('1Gi')],
      'memory-limit',
      'deployment/api',
      'kubectl rollout undo deployment/api -n platform',
    ],
    [
      ['kubectl', 'patch', 'deployment', 'api', '-p', memoryPatch('1Gi', { image: 'api:2' })],
      'other',
      'deployment/api',
      null,
    ],
    [
      ['kubectl', 'patch', 'deployment', 'api', '--type=merge', '-p', memoryPatch('1Gi')],
      'other',
      'deployment/api',
      null,
    ],
    [['kubectl', 'patch', 'deployment', 'api', '-p', memoryPatch('much')], 'other', 'deployment/api', null],
    [['kubectl', 'patch', 'deployment', 'api', '-p', '{'], 'other', 'deployment/api', null],
    [['kubectl', 'patch', 'service', 'api', '-p', memoryPatch('1Gi')], 'other', 'service/api', null],
    [['kubectl', 'cordon', 'a', 'b'], 'other', 'a/b', null],
    [['kubectl', 'delete', 'pod', 'x'], 'other', 'pod/x', null],
    [['kubectl', 'delete', 'networkpolicy', 'x', '-n', 'p'], 'delete-policy', 'networkpolicy/x', null],
    [['kubectl', 'delete', 'netpol/x'], 'delete-policy', 'networkpolicy/x', null],
    [['kubectl', 'delete', 'netpol', 'x', 'y'], 'other', 'netpol/x/y', null],
    [['kubectl', 'delete', 'netpol', '--all'], 'other', 'netpol', null],
    [['curl', '-X', 'POST'], 'other', 'curl', null],
  ])('%j', (...[argv, kind, target, undo]) => {
    const change = readChange([argv]);
    expect([change.kind, targetOf(change), undoOf(change)]).toEqual([kind, target, undo]);
  });

  test('the limits of a patch are read', () => {
    expect(readChange([['kubectl', 'patch', 'deploy/api', '-p', memoryPatch('512Mi')]])).toMatchObject({
      limits: [{ container: 'api', text: '512Mi', bytes: 512 * 2 ** 20 }],
    });
  });

  test('the limit of a drain is read', () => {
    expect(readChange([['kubectl', 'drain', 'n', '--timeout=1m30s']])).toMatchObject({
      timeoutMs: 90_000,
      force: false,
    });
    expect(readChange([['kubectl', 'drain', 'n', '--force']])).toMatchObject({
      timeoutMs: null,
      force: true,
    });
  });
});

test('flags are taken apart and taken out', () => {
  const logs = ['kubectl', 'logs', '-n', 'platform', '-l', 'app=x', '--since=10m', '-f'];
  const parsed = readKubectlArgv(logs);
  expect([...parsed.flags]).toEqual([
    ['--namespace', 'platform'],
    ['--selector', 'app=x'],
    ['--since', '10m'],
    ['--follow', ''],
  ]);
  expect(withoutFlags(logs, ['-l', '--selector', '-f'])).toEqual([
    'kubectl',
    'logs',
    '-n',
    'platform',
    '--since=10m',
  ]);
  const run = readKubectlArgv(['kubectl', 'run', 'debug', '--rm', '-it', '--', 'psql', '-h', 'db']);
  expect(run).toMatchObject({ words: ['run', 'debug'], inner: ['psql', '-h', 'db'] });
});

test('the blast radius counts', () => {
  const live = liveView({
    nodePods: [
      podOn('api-b', 'node-b'),
      podOn('redis', 'node-b', { labels: { app: 'redis' } }),
      podOn('web', 'node-b', { labels: { app: 'web' } }),
      podOn('proxy', 'node-b', { daemon: true }),
    ],
  });
  expect(blastRadius(readChange([['kubectl', 'drain', 'node-b']]), live)).toBe(
    'node-b: 1 of 3 API pods and 2 other pods are evicted',
  );
});

test.each([
  [{}, 'networkpolicy/shut is deleted: 3 of 3 API pods are no longer shut by it; nothing restarts'],
  [
    { app: 'web' },
    'networkpolicy/shut is deleted: 0 of 3 API pods are no longer shut by it; nothing restarts',
  ],
  [null, 'networkpolicy/shut is deleted; whom it shuts is not known'],
])('the blast radius of a policy that shuts %j', (podSelector, expected) => {
  const policy = { uid: 'u', name: 'shut', namespace: 'platform', createdAt: 0, podSelector };
  const change = readChange([['kubectl', 'delete', 'networkpolicy', 'shut']]);
  expect(blastRadius(change, liveView({ policies: [policy] }))).toBe(expected);
  expect(targetUid(change, liveView({ policies: [policy] }))).toBe('u');
  expect(targetUid(change, liveView({ policies: null }))).toBe(null);
});

describe('what an approval is bound to', () => {
  const binding: Binding = {
    actionId: 'drain',
    pipeline: [drain],
    values: { a: '1', b: '2' },
    target: 'node/node-b',
    targetUid: 'u1',
    fields: ['x'],
  };
  test('the order of keys does not matter', () => {
    expect(bindingHash({ ...binding, values: { b: '2', a: '1' } })).toBe(bindingHash(binding));
  });
  test.each<Partial<Binding>>([
    { actionId: 'cordon' },
    { pipeline: [['kubectl', 'drain <node-name>']] },
    { values: { a: '1', b: '3' } },
    { target: 'node/node-c' },
    { targetUid: 'u2' },
    { targetUid: null },
    { fields: [] },
  ])('%j changes it', (over) => expect(bindingHash({ ...binding, ...over })).not.toBe(bindingHash(binding)));
});
