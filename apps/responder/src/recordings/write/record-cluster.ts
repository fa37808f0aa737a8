import { createKubeApi, followResource, watchedResources } from '#cluster';
import type { WatchedService } from '#facts';
import type { RecordingWriter } from './recording-writer.ts';

export interface RecordClusterOptions {
  readonly kubeconfigPath: string | undefined;
  readonly service: WatchedService;
  readonly writer: RecordingWriter;
  readonly signal: AbortSignal;
}

/** Watched besides, because people ask for them when they read a recording. */
function alsoRecorded({ namespace }: WatchedService): readonly { name: string; path: string }[] {
  return [
    { name: 'replicasets', path: `/apis/apps/v1/namespaces/${namespace}/replicasets` },
    {
      name: 'poddisruptionbudgets',
      path: `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`,
    },
    { name: 'resourcequotas', path: `/api/v1/namespaces/${namespace}/resourcequotas` },
  ];
}

/** Writes the objects of a cluster as they change, the first list as ADDED. Resolves when each has been listed once. */
export async function recordCluster(options: RecordClusterOptions): Promise<{ close(): Promise<void> }> {
  const api = createKubeApi(options.kubeconfigPath);
  const listed = [...watchedResources(options.service), ...alsoRecorded(options.service)].map(
    ({ name, path }) => {
      const first = Promise.withResolvers<void>();
      const row = (type: string, object: unknown): void =>
        options.writer.row('watch', {
          t: new Date().toISOString(),
          resource: name === 'nodeEvents' ? 'events' : name,
          type,
          object,
        });
      const follower = {
        onList(objects: readonly unknown[]) {
          for (const object of objects) row('ADDED', object);
          first.resolve();
        },
        onUpsert: (object: unknown) => row('MODIFIED', object),
        onRemove: (object: unknown) => row('DELETED', object),
        onFailure: () => first.resolve(),
      };
      void followResource(api, path, follower, options.signal);
      return first.promise;
    },
  );
  await Promise.all(listed);
  return { close: () => api.close() };
}
