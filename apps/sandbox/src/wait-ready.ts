import type { ObjectStore } from '#store';

/** What is not ready yet, in words; empty when every workload has all its pods. */
export function unreadyWorkloads(store: ObjectStore): string[] {
  const deployments = store.list('Deployment').map(({ metadata, spec, status }) => ({
    name: `deployment/${metadata.name}`,
    wanted: spec.replicas ?? 1,
    ready: status?.availableReplicas ?? 0,
  }));
  const sets = store.list('StatefulSet').map(({ metadata, spec, status }) => ({
    name: `statefulset/${metadata.name}`,
    wanted: spec.replicas ?? 1,
    ready: status?.readyReplicas ?? 0,
  }));
  const all = [...sets, ...deployments];
  return all
    .filter(({ ready, wanted }) => ready < wanted)
    .map(({ name, ready, wanted }) => `${name} ${ready}/${wanted}`);
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
