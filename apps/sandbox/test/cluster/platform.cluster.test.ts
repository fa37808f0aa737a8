import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminPassword, openClusterStage, type ClusterStage } from './cluster-stage.ts';

/** Images may have to be pulled first. */
const patience = 240_000;
const deployment = 'deployment/multitenant-api';

let stage: ClusterStage;

beforeAll(async () => {
  stage = await openClusterStage();
}, patience);
afterAll(() => stage?.close(), patience);

const words = (text: string): string[] => text.split(' ');

async function rolledOut(): Promise<void> {
  await stage.succeed(['rollout', 'status', deployment, '--timeout=220s'], 230_000);
}

async function podsOf(app: string): Promise<string[]> {
  const { stdout } = await stage.succeed(['get', 'pods', '-l', `app=${app}`, '-o', 'name']);
  return stdout.trim().split('\n');
}

test('the platform becomes ready', { timeout: patience }, async () => {
  for (const workload of ['statefulset/postgres', 'deployment/redis', deployment])
    await stage.succeed(['rollout', 'status', workload, '--timeout=220s'], 230_000);
  const waited = await stage.succeed(words('wait --for=condition=Available deployment --all --timeout=60s'));
  expect(waited.stdout).toMatch(/^(deployment.apps\/\S+ condition met\n){2}$/);
});

test('applying it again changes nothing, also as a rehearsal', { timeout: patience }, async () => {
  const again = await stage.succeed(['apply', '-k', stage.directory]);
  // kubectl replaces the spec of budgets as a whole, and calls that configured.
  const changed = again.stdout.split('\n').filter((line) => line !== '' && !line.endsWith(' unchanged'));
  expect(
    changed.filter((line) => !line.startsWith('poddisruptionbudget') && !line.startsWith('namespace')),
  ).toEqual([]);
  expect((await stage.run(['diff', '-k', stage.directory])).exitCode).toBe(0);
  expect((await stage.succeed(['apply', '--dry-run=server', '-k', stage.directory])).stdout).toContain(
    'deployment.apps/multitenant-api unchanged (server dry run)',
  );
});

describe('reading', () => {
  test.each([
    ['get pods -l app=multitenant-api', /^NAME +READY +STATUS +RESTARTS +AGE\n(\S+ +1\/1 +Running.*\n){3}$/],
    ['get nodes -L topology.kubernetes.io/zone', /^NAME +STATUS +ROLES +AGE +VERSION +ZONE\n/],
    ['get events --sort-by=.lastTimestamp', /^LAST SEEN +TYPE +REASON +OBJECT +MESSAGE\n/],
    ['get deployment multitenant-api', /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nmultitenant-api +3\/3/],
    ['get endpoints multitenant-api-service', /^NAME +ENDPOINTS +AGE\n\S+ +[\d.]+:8080,/],
    ['get ingress', /^NAME +CLASS +HOSTS +ADDRESS +PORTS +AGE\n/],
    ['get networkpolicies', /^NAME +POD-SELECTOR +AGE\n/],
    ['cluster-info', /control plane.* is running at/],
    ['logs -l app=multitenant-api --since=10m', /\S/],
    ['describe svc multitenant-api-service', /^Name: +multitenant-api-service\n/],
    ['describe networkpolicies', /^Name: +/],
    ['api-resources --api-group=apps', /deployments +deploy +apps\/v1 +true +Deployment/],
    ['get pods -l app!=redis,app -o name', /^(pod\/(multitenant-api|postgres)-\S+\n){4}$/],
    ['auth can-i create pods', /^yes\n$/],
  ])('%s', async (command, expected) => {
    expect((await stage.succeed(words(command))).stdout).toMatch(expected);
  });

  test('is refused to an account without rights', async () => {
    const user = `system:serviceaccount:${stage.namespace}:default`;
    const { exitCode, stderr } = await stage.run(['get', 'pods', `--as=${user}`]);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `Error from server (Forbidden): pods is forbidden: User "${user}" cannot list resource "pods" in API group "" in the namespace "${stage.namespace}"\n`,
    );
    expect((await stage.run(['auth', 'can-i', 'list', 'pods', `--as=${user}`])).stdout).toBe('no\n');
  });
});

describe('changing', () => {
  test('patches of three kinds, for real and as rehearsals', { timeout: patience }, async () => {
    const memory =
      '{"spec":{"template":{"spec":{"containers":[{"name":"api","resources":{"limits":{"memory":"1Gi"}}}]}}}}';
    const patched = await stage.succeed(['patch', deployment, '-p', memory]);
    expect(patched.stdout).toBe('deployment.apps/multitenant-api patched\n');
    expect((await stage.succeed(['patch', deployment, '-p', memory])).stdout).toContain('(no change)');
    for (const [type, body] of [
      ['json', '[{"op":"replace","path":"/spec/replicas","value":9}]'],
      ['merge', '{"spec":{"replicas":9}}'],
    ] as const)
      await stage.succeed(['patch', deployment, `--type=${type}`, '-p', body, '--dry-run=server']);
    const { stdout } = await stage.succeed(['get', deployment, '-o', 'jsonpath={.spec.replicas}']);
    expect(stdout).toBe('3');
    await rolledOut();
  });

  test('a restart is followed to its end, listed and undone', { timeout: patience }, async () => {
    const before = await podsOf('multitenant-api');
    await stage.succeed(['rollout', 'restart', deployment]);
    await rolledOut();
    const { stdout } = await stage.succeed(['rollout', 'history', deployment]);
    expect(stdout).toMatch(/^deployment.apps\/multitenant-api \nREVISION +CHANGE-CAUSE\n/);
    await expect
      .poll(async () => (await podsOf('multitenant-api')).some((pod) => before.includes(pod)), {
        timeout: 60_000,
      })
      .toBe(false);
    await stage.succeed(['rollout', 'undo', deployment]);
    await rolledOut();
  });

  test('an old version of an object is refused', async () => {
    const { stdout } = await stage.succeed(words('get service redis-service -o json'));
    await stage.succeed(words('label service redis-service tested=yes'));
    const file = path.join(stage.directory, 'old.json');
    await fs.writeFile(file, stdout);
    const { exitCode, stderr } = await stage.run(['replace', '-f', file]);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('(Conflict)')]);
  });

  test('a deleted pod is waited for, and replaced', { timeout: patience }, async () => {
    await expect.poll(async () => (await podsOf('multitenant-api')).length, { timeout: 60_000 }).toBe(3);
    const [pod = ''] = await podsOf('multitenant-api');
    const gone = stage.succeed(['wait', '--for=delete', pod, '--timeout=120s'], 130_000);
    await stage.succeed(['delete', pod, '--wait=false']);
    expect((await gone).stdout).toContain(`${pod} condition met`);
    await rolledOut();
    expect(await podsOf('multitenant-api')).not.toContain(pod);
  });

  test('nodes are cordoned and drained in rehearsal only', async () => {
    const { stdout: node } = await stage.succeed(
      words('get pods -l app=multitenant-api -o jsonpath={.items[0].spec.nodeName}'),
    );
    expect((await stage.succeed(['cordon', node, '--dry-run=server'])).stdout).toContain('cordoned');
    const flags = words('--ignore-daemonsets --delete-emptydir-data --force --dry-run=server --timeout=60s');
    await stage.succeed(['drain', node, '--pod-selector=app=multitenant-api', ...flags], 70_000);
    expect((await stage.succeed(['get', 'node', node, '-o', 'jsonpath={.spec.unschedulable}'])).stdout).toBe(
      '',
    );
  });
});

describe('in pods', () => {
  test.each([
    ['redis:6-alpine', [], words('redis-cli -h redis-service ping'), /^PONG\n/],
    [
      'postgres:13',
      [`--env=PGPASSWORD=${adminPassword}`],
      [...words('psql -h postgres-service -U postgres -c'), 'SELECT 41 + 1 AS answer;'],
      /answer *\n-+\n +42\n\(1 row\)\n/,
    ],
  ])(
    'a debug pod of %s finds a Service by its name',
    { timeout: patience },
    async (image, flags, command, output) => {
      const started = ['run', 'debug', `--image=${image}`, '--rm', '--attach', '--restart=Never', ...flags];
      const wait = '--pod-running-timeout=200s';
      expect((await stage.succeed([...started, wait, '--', ...command], 230_000)).stdout).toMatch(output);
    },
  );

  test('psql beside the database asks for no password', { timeout: patience }, async () => {
    await stage.succeed(words('rollout status statefulset/postgres --timeout=180s'), 190_000);
    const asked = [...words('exec statefulset/postgres -- psql -U postgres -tA -c'), 'SELECT 41 + 1'];
    expect((await stage.succeed(asked)).stdout).toBe('42\n');
  });

  test('a command runs beside a container, and its exit code is kept', async () => {
    const [pod = ''] = await podsOf('redis');
    const { exitCode, stdout, stderr } = await stage.run([
      'exec',
      pod,
      '--',
      'sh',
      '-c',
      'echo here; exit 3',
    ]);
    expect([exitCode, stdout]).toEqual([3, 'here\n']);
    expect(stderr).toBe('command terminated with exit code 3\n');
  });

  test('a port of a Service is forwarded', { timeout: 60_000 }, async () => {
    const args = ['--namespace', stage.namespace, 'port-forward', 'svc/multitenant-api-service', ':8080'];
    const child = spawn('kubectl', args, {
      env: { ...process.env, KUBECONFIG: stage.kubeconfig },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const port = /^Forwarding from 127\.0\.0\.1:(\d+) -> 8080$/.exec(line)?.[1] ?? '';
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  });
});
