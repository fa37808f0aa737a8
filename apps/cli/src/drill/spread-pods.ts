import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxReady } from '../up/sandbox-config.ts';
import type { SandboxClient, SandboxStatus } from './sandbox-client.ts';
import { createKubernetes } from './kubernetes.ts';

type PlacedPod = Pick<SandboxStatus['pods'][number], 'app' | 'node' | 'terminating'>;

const watchedApp = 'multitenant-api';

/**
 * After a drain the pods sit together, and no node is left whose loss hurts the service alone: then they are started
 * again, as `kubectl rollout restart` does, and spread. Done on a quiet service only. Returns whether it was needed.
 */
export async function spreadIfNeeded(
  sandbox: Pick<SandboxClient, 'status'>,
  { kubeconfig, namespace }: Pick<SandboxReady, 'kubeconfig' | 'namespace'>,
  say: (text: string) => void,
): Promise<boolean> {
  await until(async () => isSettled(await sandbox.status()));
  if (hasNodeOfItsOwn(await sandbox.status())) return false;
  say('spreading the pods over the nodes again, as before the last drill');
  const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() };
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${watchedApp}`;
  await createKubernetes(kubeconfig).ask('PATCH', path, {
    body: { spec: { template: { metadata: { annotations } } } },
  });
  await until(async () => {
    const status = await sandbox.status();
    return isSettled(status) && hasNodeOfItsOwn(status);
  });
  return true;
}

/** Whether some node runs pods of the watched service and no others. */
export function hasNodeOfItsOwn({ pods }: { readonly pods: readonly PlacedPod[] }): boolean {
  return pods.some(
    ({ app, node }) =>
      app === watchedApp && node && pods.every((other) => other.node !== node || other.app === watchedApp),
  );
}

/** Whether every workload is complete and no pod is on its way out. */
export function isSettled({
  ready,
  pods,
}: {
  readonly ready: boolean;
  readonly pods: readonly PlacedPod[];
}): boolean {
  return ready && !pods.some((pod) => pod.terminating);
}

/** Waits a minute at most; what is still missing then, the injection says. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 120 && !(await isSo()); tries += 1) await sleep(500);
}
