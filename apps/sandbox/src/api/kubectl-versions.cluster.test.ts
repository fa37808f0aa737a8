import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordEvent } from '#store';
import { kubectl, kubectlPrograms } from '../../test/kubectl/kubectl.ts';
import { openStage, reapPods, type Stage } from '../../test/kubectl/stage.ts';

let stage: Stage;
let stopReaping: () => void;
beforeAll(async () => {
  stage = await openStage();
  stopReaping = reapPods(stage.store);
  const [involved] = stage.store.list('Pod', { namespace: 'platform' });
  if (involved === undefined) throw new Error('the recorded cluster has no pod');
  recordEvent(stage.store, {
    involved,
    reason: 'Pulled',
    message: 'pulled',
    type: 'Normal',
    component: 'kubelet',
    at: Date.now(),
  });
});
afterAll(async () => {
  stopReaping();
  await stage.close();
});

const reads = [
  'get pods -n platform -l app=multitenant-api',
  'get nodes',
  'get nodes -L topology.kubernetes.io/zone',
  'get events -n platform --sort-by=.lastTimestamp',
  'get deployment multitenant-api -n platform',
  'get endpoints multitenant-api-service -n platform',
  'get ingress -n platform',
  'logs -n platform -l app=multitenant-api --since=10m',
  'cluster-info',
  'describe nodes',
  'describe svc multitenant-api-service -n platform',
];

describe.each(kubectlPrograms())('kubectl %s', (_version, program) => {
  const run = (words: string) => kubectl(stage.kubeconfig, words.split(' '), { program });

  test.each(reads)('%s', async (words) => {
    expect(await run(words)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/\S/) });
  });

  test('rollout restart and history, cordon and uncordon', async () => {
    const restarted = await run('rollout restart deployment/multitenant-api -n platform');
    expect(restarted.stdout).toContain('restarted');
    expect(await run('rollout history deployment/multitenant-api -n platform')).toMatchObject({
      exitCode: 0,
    });
    const node = stage.store.list('Node')[0]?.metadata.name ?? '';
    expect((await run(`cordon ${node}`)).stdout).toContain('cordoned');
    expect((await run(`uncordon ${node}`)).stdout).toContain('uncordoned');
  });

  test('drain, as a server-side rehearsal', async () => {
    const pods = stage.store.list('Pod', { namespace: 'platform' });
    const node = pods.find(({ metadata }) => metadata.labels?.['app'] === 'postgres')?.spec.nodeName ?? '';
    const flags = '--ignore-daemonsets --delete-emptydir-data --timeout=5s --dry-run=server';
    const drained = await run(`drain ${node} ${flags}`);
    expect(drained).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`node/${node} drained`) });
  });
});
