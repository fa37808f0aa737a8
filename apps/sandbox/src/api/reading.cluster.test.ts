import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { normalize, outline } from '../../test/kubectl/normalize.ts';
import { transcript } from '../../test/kubectl/recorded-cluster.ts';
import { openStage, type Stage } from '../../test/kubectl/stage.ts';
import { recordEvent } from '#store';

let stage: Stage;
const frozen = new Set<string>();

beforeAll(async () => {
  stage = await openStage(frozen);
});
afterAll(() => stage.close());

/** An error of an unreachable kubelet, whatever way it was unreachable. */
function form(text: string): string {
  return normalize(text).replace(/connect: connection refused|i\/o timeout/, 'WHY');
}

function podOf(app: string): string {
  const pods = stage.store.list('Pod', { namespace: 'platform' });
  return pods.find(({ metadata }) => metadata.labels?.['app'] === app)?.metadata.name ?? '';
}

/** Tables and messages that must be the recorded ones but for ages, addresses and generated names. */
const same = [
  'get-pods',
  'get-pods-postgres',
  'get-pods-name',
  'get-nodes',
  'get-nodes-zone',
  'get-nodes-wide',
  'get-deployment',
  'get-endpoints',
  'get-ingress',
  'get-networkpolicies',
  'get-pdb',
  'cluster-info',
  'describe-networkpolicies',
  'describe-pdb',
  'err-forbidden',
  'err-no-resources',
  'err-not-found',
  'err-patch-invalid',
  'top-nodes',
  'top-pods',
  'rollout-status-1',
  'rollout-status-statefulset',
];

describe('the real kubectl prints what it printed on the recorded cluster', () => {
  test.each(same)('%s', async (name) => {
    const { command, ...recorded } = transcript(name);
    const words = command.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", '')) ?? [];
    const run = await stage.run(words);
    expect(normalize(run.stderr)).toBe(normalize(recorded.stderr));
    expect(normalize(run.stdout)).toBe(normalize(recorded.stdout));
    expect(run.exitCode).toBe(recorded.exitCode);
  });

  test.each(['describe-nodes', 'describe-deployment', 'describe-pods', 'describe-svc'])(
    '%s: the same labels',
    async (name) => {
      const { command, stdout } = transcript(name);
      const run = await stage.run(command);
      // Clients up to 1.30 read v1 Endpoints and pass its warning on.
      expect(run.stderr.replace(/^Warning: v1 Endpoints is deprecated.*\n/, '')).toBe('');
      expect(run.exitCode).toBe(0);
      // Older clients leave labels out, 1.33 adds `Optional`: everything else printed must be recorded.
      expect([...outline(stdout), 'Optional']).toEqual(expect.arrayContaining(outline(run.stdout)));
      expect(outline(run.stdout).length).toBeGreaterThan(outline(stdout).length * 0.7);
    },
  );
});

test('get pods -o wide: the recorded columns, address and node of each pod', async () => {
  const { command, stdout } = transcript('get-pods-wide');
  const [head, ...rows] = normalize((await stage.run(command)).stdout).split('\n');
  expect(head).toBe(normalize(stdout).split('\n')[0]);
  for (const row of rows) expect(row).toMatch(/ Running 0 AGE IP kn[12] <none> <none>$/);
});

test('get leases and an unknown type', async () => {
  const leases = await stage.run('get leases -n kube-node-lease');
  expect(normalize(leases.stdout)).toBe(normalize(transcript('get-leases').stdout));
  const unknown = await stage.run('get poods -n platform');
  expect(unknown).toMatchObject({ exitCode: 1, stderr: transcript('err-unknown-type').stderr });
});

test('events sort by their last time, and carry the recorded columns', async () => {
  const involved = stage.store.require('Pod', { namespace: 'platform', name: podOf('redis') });
  const event = { involved, type: 'Normal', component: 'kubelet' } as const;
  recordEvent(stage.store, {
    ...event,
    reason: 'Started',
    message: 'Started container redis',
    at: Date.now() - 5000,
  });
  recordEvent(stage.store, {
    ...event,
    reason: 'Pulled',
    message: 'Container image present',
    at: Date.now() - 60_000,
  });
  const { stdout } = await stage.run('get events -n platform --sort-by=.lastTimestamp');
  const [head = '', first = '', second = ''] = stdout.split('\n');
  expect(head.split(/\s{2,}/)).toEqual(['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']);
  // The age counts on while kubectl starts.
  expect(first).toMatch(/^6\ds\s+Normal\s+Pulled\s+pod\/redis-\S+\s+Container image present$/);
  expect(second).toMatch(/^\ds\s+Normal\s+Started/);
  const described = await stage.run(`describe pod -n platform ${involved.metadata.name}`);
  expect(described.stdout).toMatch(/Events:\n\s+Type\s+Reason\s+Age\s+From\s+Message/);
});

test('objects come whole as JSON, YAML and by path', async () => {
  const json = await stage.run('get pods -n platform -o json');
  const list = JSON.parse(json.stdout) as { items: { kind: string; status: { phase: string } }[] };
  expect(list.items.map(({ kind, status }) => [kind, status.phase])).toEqual(
    Array.from({ length: 5 }, () => ['Pod', 'Running']),
  );
  const yaml = await stage.run('get deployment multitenant-api -n platform -o yaml');
  expect(yaml.stdout).toMatch(/^apiVersion: apps\/v1\nkind: Deployment\n/);
  const path = await stage.run(['get', 'nodes', '-o', 'jsonpath={range .items[*]}{.metadata.name} {end}']);
  expect(path.stdout).toBe('kn1 kn2 ');
});

describe('logs', () => {
  test('of a selector: ten lines a pod, as asked', async () => {
    const { stdout, exitCode } = await stage.run('logs -n platform -l app=multitenant-api --since=10m');
    expect(exitCode).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(3);
    expect(stdout).toMatch(/^multitenant-api-\S+ api tail=10 since=600\n/);
  });

  test('what a kubelet refuses reads as recorded', async () => {
    const pod = podOf('multitenant-api');
    const previous = await stage.run(`logs -n platform ${pod} --previous`);
    expect(normalize(previous.stderr)).toBe(normalize(transcript('err-no-previous').stderr));
    const wrong = await stage.run(`logs -n platform ${pod} -c nope`);
    expect(normalize(wrong.stderr)).toBe(normalize(transcript('err-bad-container').stderr));
  });

  test('a node that hangs costs only those who ask it, and ends in an error of the recorded form', async () => {
    frozen.add('kn2');
    const [all, other] = await Promise.all([
      stage.run('logs -n platform -l app=multitenant-api --since=10m'),
      stage.run('logs -n platform postgres-0'),
    ]);
    frozen.delete('kn2');
    expect(other.exitCode).toBe(0);
    expect(all.exitCode).toBe(1);
    expect(form(all.stderr)).toContain(form(transcript('logs', 'node-dead').stderr));
  });
});
