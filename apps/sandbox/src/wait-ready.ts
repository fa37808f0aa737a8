import type { Deployment, ObjectStore, StatefulSet } from '#store';

/** What is not ready yet, in words; empty when every workload has all its pods, all of the newest revision, and no other. */
export function unreadyWorkloads(store: ObjectStore): string[] {
  const sets = store.list('StatefulSet').map((set) => lack(set, set.status?.readyReplicas));
  const deployments = store.list('Deployment').map((one) => lack(one, one.status?.availableReplicas));
  return [...sets, ...deployments].filter((words) => words !== undefined);
}

function lack(workload: Deployment | StatefulSet, ready = 0): string | undefined {
  const { kind, metadata, spec } = workload;
  const wanted = spec.replicas ?? 1;
  const rolling = isRolling(workload, wanted);
  if (ready >= wanted && !rolling) return undefined;
  return `${kind.toLowerCase()}/${metadata.name} ${ready}/${wanted}${rolling ? ' (rolling out)' : ''}`;
}

/** As `kubectl rollout status` judges: the spec was seen, every pod is of it, and no older one is left. */
function isRolling({ metadata, status }: Deployment | StatefulSet, wanted: number): boolean {
  const { updatedReplicas = 0, replicas = 0, observedGeneration = 0 } = status ?? {};
  const seen = observedGeneration >= (metadata.generation ?? 0);
  return !seen || updatedReplicas < wanted || replicas > wanted;
}

/** Resolves when every workload is ready, telling `onProgress` of each step; rejects after `withinMs` or on `signal`. */
export function waitReady(
  store: ObjectStore,
  { withinMs, signal }: { withinMs: number; signal: AbortSignal },
  onProgress: (message: string) => void,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = '';
  const check = () => {
    const unready = unreadyWorkloads(store).join(', ');
    if (unready !== said && unready !== '') onProgress(`waiting for ${unready}`);
    said = unready;
    if (unready === '') resolve();
  };
  const timer = setTimeout(() => {
    const why = store.list('Event', { namespace: 'platform' }).filter(({ type }) => type === 'Warning');
    const last = why
      .slice(-3)
      .map(({ reason, message }) => `${reason ?? ''}: ${message ?? ''}`)
      .join('; ');
    reject(new Error(`platform: not ready within ${withinMs} ms: ${said}; last warnings: ${last}`));
  }, withinMs);
  const abort = () => reject(new Error('stopped before the platform was ready'));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  const stops = [store.watch('Deployment', {}, check), store.watch('StatefulSet', {}, check)];
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    for (const stop of stops) stop();
  });
}
