import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { normalize } from '../../test/kubectl/normalize.ts';
import { transcript } from '../../test/kubectl/recorded-cluster.ts';
import { openStage, reapPods, type Stage } from '../../test/kubectl/stage.ts';
import type { Deployment } from '#store';

let stage: Stage;
const api = { namespace: 'platform', name: 'multitenant-api' };

beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

function deployment(): Deployment {
  return stage.store.require('Deployment', api);
}

async function like(name: string, command = transcript(name).command): Promise<void> {
  const { stdout, stderr, exitCode } = transcript(name);
  const run = await stage.run(command);
  expect(normalize(run.stderr)).toBe(normalize(stderr));
  expect(normalize(run.stdout)).toBe(normalize(stdout));
  expect(run.exitCode).toBe(exitCode);
}

function allowDisruptions(count: number): void {
  stage.store.modify('PodDisruptionBudget', api, ({ status }) => {
    if (status) status.disruptionsAllowed = count;
  });
}

test('cordon and uncordon, once and again', async () => {
  await like('cordon');
  expect(stage.store.require('Node', { name: 'kn2' }).spec.unschedulable).toBe(true);
  expect((await stage.run('get nodes')).stdout).toMatch(/kn2\s+Ready,SchedulingDisabled/);
  await like('cordon-again');
  await like('uncordon');
  await like('uncordon-again');
});

test('taints come and go', async () => {
  const taints = (): unknown => stage.store.require('Node', { name: 'kn1' }).spec.taints;
  await stage.run('taint nodes kn1 zone=cut:NoExecute disk=slow:NoSchedule');
  expect(taints()).toMatchObject([{ key: 'zone', value: 'cut', effect: 'NoExecute' }, { key: 'disk' }]);
  const run = await stage.run('taint nodes kn1 zone=cut:NoExecute-');
  expect(run.stdout).toBe('node/kn1 untainted\n');
  expect(taints()).toMatchObject([{ key: 'disk' }]);
});

describe('drain', () => {
  test('evicts the pods of the node and waits until they are gone', async () => {
    reapPods(stage.store);
    allowDisruptions(2);
    const run = await stage.run('drain kn2 --ignore-daemonsets --delete-emptydir-data');
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const lines = new Set(normalize(run.stdout).split('\n'));
    expect(lines).toEqual(
      new Set([
        'node/kn2 cordoned',
        'evicting pod platform/multitenant-api-POD',
        'pod/multitenant-api-POD evicted',
        'node/kn2 drained',
      ]),
    );
    const left = stage.store.list('Pod').filter(({ spec }) => spec.nodeName === 'kn2');
    expect(left).toEqual([]);
    expect(stage.store.require('PodDisruptionBudget', api).status?.disruptionsAllowed).toBe(0);
  });

  test('is held by a budget, in the recorded words', async () => {
    allowDisruptions(0);
    const run = await stage.run('drain kn2 --ignore-daemonsets --delete-emptydir-data --timeout=3s');
    expect(run.exitCode).toBe(1);
    const recorded = transcript('drain-blocked-by-pdb').stderr.split('\n')[0] ?? '';
    expect(normalize(run.stderr)).toContain(normalize(recorded));
    expect(stage.store.list('Pod').filter(({ metadata }) => metadata.deletionTimestamp)).toEqual([]);
  });

  test('a pod that is not ready costs the budget nothing while enough others are healthy', async () => {
    reapPods(stage.store);
    allowDisruptions(0);
    for (const { metadata, spec } of stage.store.list('Pod').filter((pod) => pod.spec.nodeName === 'kn2')) {
      expect(spec.nodeName).toBe('kn2');
      stage.store.modify('Pod', metadata, ({ status }) => {
        for (const condition of status?.conditions ?? [])
          if (condition.type === 'Ready') condition.status = 'False';
      });
    }
    const run = await stage.run('drain kn2 --ignore-daemonsets --delete-emptydir-data --timeout=10s');
    expect(run.exitCode).toBe(0);
  });

  test('as a server dry run evicts nothing', async () => {
    allowDisruptions(2);
    const run = await stage.run('drain kn2 --ignore-daemonsets --delete-emptydir-data --dry-run=server');
    expect(run.exitCode).toBe(0);
    expect(stage.store.list('Pod').filter(({ metadata }) => metadata.deletionTimestamp)).toEqual([]);
    expect(stage.store.require('Node', { name: 'kn2' }).spec.unschedulable).toBeUndefined();
  });
});

describe('rollouts', () => {
  test('restart marks the template, of deployments and stateful sets', async () => {
    const { generation = 0 } = deployment().metadata;
    await like('rollout-restart');
    expect(deployment().metadata.generation).toBe(generation + 1);
    expect(deployment().spec.template.metadata?.annotations).toHaveProperty([
      'kubectl.kubernetes.io/restartedAt',
    ]);
    await like('rollout-restart-statefulset');
  });

  test('undo goes back to the template of the older replica set; history lists both', async () => {
    const [current] = stage.store.list('ReplicaSet', { namespace: 'platform' });
    if (current === undefined) throw new Error('expected the recorded replica set');
    const { name, labels, ownerReferences, annotations } = current.metadata;
    const template = structuredClone(current.spec.template);
    const [container] = template.spec.containers;
    if (container) container.image = 'local/multitenant-api:1.3.0';
    const revision = 'deployment.kubernetes.io/revision';
    stage.store.create('ReplicaSet', {
      ...current,
      metadata: {
        name: `${name}x`,
        namespace: 'platform',
        labels,
        ownerReferences,
        annotations: { ...annotations, [revision]: '10' },
      },
      spec: { ...current.spec, replicas: 0, template },
    });
    const history = await stage.run('rollout history deployment/multitenant-api -n platform');
    expect(history.stdout).toMatch(
      /^deployment.apps\/multitenant-api \nREVISION\s+CHANGE-CAUSE\n10\s+<none>\n11\s+<none>\n/,
    );
    await like('rollout-undo-bad-revision');
    await like('rollout-undo');
    expect(deployment().spec.template.spec.containers[0]?.image).toBe('local/multitenant-api:1.3.0');
    // kubectl sends `creationTimestamp: null`; kept, it would make a new replica set of an old template.
    expect(deployment().spec.template.metadata).toEqual({ labels: { app: 'multitenant-api' } });
  });

  test('status follows the rollout until it is over', async () => {
    stage.store.modify('Deployment', api, ({ status }) => void (status && (status.updatedReplicas = 1)));
    const first = Promise.withResolvers<string>();
    const waiting = stage.run('rollout status deployment/multitenant-api -n platform --timeout=20s', {
      onOutput: first.resolve,
    });
    await first.promise;
    stage.store.modify('Deployment', api, ({ status }) => void (status && (status.updatedReplicas = 3)));
    const { stdout, exitCode } = await waiting;
    expect(stdout).toContain('rollout to finish: 1 out of 3 new replicas have been updated...');
    expect(stdout).toContain('deployment "multitenant-api" successfully rolled out');
    expect(exitCode).toBe(0);
  });
});

describe('patches', () => {
  test('the memory patch of the runbook changes one limit of one container', async () => {
    const patch =
      '{"spec":{"template":{"spec":{"containers":[{"name":"api","resources":{"limits":{"memory":"1Gi"}}}]}}}}';
    const run = await stage.run(['patch', 'deployment', 'multitenant-api', '-n', 'platform', '-p', patch]);
    expect(run.stdout).toBe('deployment.apps/multitenant-api patched\n');
    const [container] = deployment().spec.template.spec.containers;
    expect(container?.resources?.limits).toEqual({ memory: '1Gi' });
    expect(container?.image).toBe('local/multitenant-api:1.4.0');
    const again = await stage.run(['patch', 'deployment', 'multitenant-api', '-n', 'platform', '-p', patch]);
    expect(again.stdout).toBe(transcript('patch-memory').stdout);
  });

  test('JSON and merge patches, scale, and dry runs that change nothing', async () => {
    await stage.run([
      'patch',
      'deployment',
      'multitenant-api',
      '-n',
      'platform',
      '--type=json',
      '-p',
      '[{"op":"replace","path":"/spec/replicas","value":2}]',
    ]);
    expect(deployment().spec.replicas).toBe(2);
    await stage.run([
      'patch',
      'deployment',
      'multitenant-api',
      '-n',
      'platform',
      '--type=merge',
      '-p',
      '{"spec":{"replicas":5}}',
    ]);
    expect(deployment().spec.replicas).toBe(5);
    const before = deployment();
    const dry = await stage.run('scale deployment multitenant-api -n platform --replicas=4 --dry-run=server');
    expect(dry.stdout).toBe('deployment.apps/multitenant-api scaled (server dry run)\n');
    await like('set-image-dry');
    expect(deployment()).toBe(before);
    await like('scale');
    expect(deployment().spec.replicas).toBe(4);
  });
});

test('apply creates, configures and leaves alone; delete takes it away', async () => {
  const labels = { app: 'web' };
  const spec = {
    replicas: 2,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
  };
  const manifest = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'platform' },
    spec,
  };
  const file = `${stage.kubeconfig}-web.json`;
  const { writeFileSync } = await import('node:fs');
  writeFileSync(file, JSON.stringify(manifest));
  expect((await stage.run(`apply -f ${file}`)).stdout).toBe('deployment.apps/web created\n');
  expect((await stage.run(`apply -f ${file}`)).stdout).toBe('deployment.apps/web unchanged\n');
  writeFileSync(file, JSON.stringify({ ...manifest, spec: { ...spec, replicas: 3 } }));
  expect((await stage.run(`apply -f ${file}`)).stdout).toBe('deployment.apps/web configured\n');
  expect(stage.store.require('Deployment', { namespace: 'platform', name: 'web' }).spec.replicas).toBe(3);
  const gone = await stage.run(`delete -f ${file}`);
  expect(gone.stdout).toMatch(/^deployment.apps "web" deleted/);
  expect(stage.store.get('Deployment', { namespace: 'platform', name: 'web' })).toBeUndefined();
});

test('delete pod waits until the kubelet has ended it', async () => {
  const deleting = stage.run('delete pod -n platform postgres-0');
  const ref = { namespace: 'platform', name: 'postgres-0' };
  await expect
    .poll(() => stage.store.get('Pod', ref)?.metadata.deletionTimestamp, { timeout: 10_000 })
    .toBeDefined();
  const shown = await stage.run('get pods -n platform -l app=postgres');
  expect(shown.stdout).toMatch(/postgres-0\s+1\/1\s+Terminating/);
  stage.store.remove('Pod', ref);
  expect((await deleting).stdout).toMatch(/^pod "postgres-0" deleted/);
});

test('get --watch prints each change as a row', async () => {
  const first = Promise.withResolvers<string>();
  const watching = stage.run('get pods -n platform -l app=postgres --watch', {
    stopAfterMs: 8000,
    onOutput: first.resolve,
  });
  await first.promise;
  // The watch begins after the list is printed; from here on the list's version tells what it must show.
  const ref = { namespace: 'platform', name: 'postgres-0' };
  stage.store.delete('Pod', ref);
  stage.store.modify(
    'Pod',
    ref,
    (pod) => void (pod.status = { ...pod.status, phase: 'Failed', containerStatuses: [] }),
  );
  stage.store.remove('Pod', ref);
  const { stdout } = await watching;
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split(/\s{2,}/)
        .slice(1, 3)
        .join(' '),
    );
  expect(rows).toEqual(['READY STATUS', '1/1 Running', '1/1 Terminating', '0/1 Failed', '0/1 Failed']);
});
