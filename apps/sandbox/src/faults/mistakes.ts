import type { FaultKind } from './fault-kind.ts';
import { mistake } from './mistake.ts';

const deployment = { kind: 'Deployment', name: 'multitenant-api' } as const;
const service = { kind: 'Service', name: 'multitenant-api-service' } as const;

/** Changes of configuration that nobody meant, other than a bad release. */
export const mistakes: readonly FaultKind[] = [
  {
    kind: 'scaled-to-zero',
    description: 'Scales the API to 0 replicas.',
    inject: ({ store }) => mistake(store, { ...deployment, change: (spec) => void (spec.replicas = 0) }),
  },
  {
    kind: 'selector-wrong',
    description: 'Changes the selector of the Service so that it matches no pod; pods stay ready.',
    inject: ({ store }) =>
      mistake(store, { ...service, change: (spec) => void (spec.selector = { app: 'multitenant-api-v2' }) }),
  },
  {
    kind: 'port-wrong',
    description:
      'Changes the target port of the Service to one that nothing listens on; endpoints look fine.',
    inject: ({ store }) =>
      mistake(store, {
        ...service,
        change: (spec) => void (spec.ports = spec.ports?.map((port) => ({ ...port, targetPort: 8081 }))),
      }),
  },
  {
    kind: 'redis-down',
    description: 'Scales the cache to 0 replicas.',
    unsupported: ({ store }) =>
      store.get('Deployment', { namespace: 'platform', name: 'redis' }) === undefined
        ? 'this machine has no redis-server, so the platform runs without Redis'
        : undefined,
    inject: ({ store }) =>
      mistake(store, { kind: 'Deployment', name: 'redis', change: (spec) => void (spec.replicas = 0) }),
  },
  {
    kind: 'database-down',
    description: 'Gives PostgreSQL a setting that it refuses to start with: its pod crash-loops.',
    inject({ store }) {
      const made = mistake(store, {
        kind: 'StatefulSet',
        name: 'postgres',
        change: ({ template }) => {
          for (const container of template.spec.containers) container.args?.push('-c', 'shared_buffers=1kB');
        },
      });
      return {
        ...made,
        lift() {
          const undone = { ...made.lift() };
          // A stateful set waits for a broken pod to become ready, also after its template was mended (kubernetes#67250).
          const ref = { namespace: 'platform', name: 'postgres-0' };
          if (store.get('Pod', ref) !== undefined) store.delete('Pod', ref);
          return undone;
        },
      };
    },
  },
];
