import { setTimeout as sleep } from 'node:timers/promises';
import type { ObjectStore } from '#store';
import type { FaultKind, Injected } from './fault-kind.ts';
import { planted } from './planted.ts';

const REF = { namespace: 'platform', name: 'reporting' };
const LABELS = { app: 'reporting' };
const GONE_WITHIN_MS = 40_000;
const LOOK_MS = 100;

const MODES = [
  {
    kind: 'database-connections-taken',
    mode: 'connections',
    secret: 'multitenant-api-db',
    description: 'Another client takes every free database connection; new ones of the API are refused.',
  },
  {
    kind: 'database-lock-held',
    mode: 'lock',
    secret: 'postgres-admin',
    description: 'Another client locks the tables in a transaction that it does not end; queries wait.',
  },
];

/** A report that somebody runs against the production database. */
export const otherClients: readonly FaultKind[] = MODES.map(({ kind, mode, secret, description }) => ({
  kind,
  description,
  inject: ({ store }) => deploy(store, mode, secret),
}));

function deploy(store: ObjectStore, mode: string, secret: string): Injected {
  const closeDoor = planted(store, 'NetworkPolicy', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: REF.namespace, name: 'postgres-from-reporting' },
    spec: {
      podSelector: { matchLabels: { app: 'postgres' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: { matchLabels: LABELS } }] }],
    },
  });
  const fromSecret = (name: string, key: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: secret, key } },
  });
  const env = [
    { name: 'PGHOST', value: '$(POSTGRES_SERVICE_SERVICE_HOST)' },
    { name: 'PGDATABASE', value: 'multitenant' },
    fromSecret('PGUSER', 'username'),
    fromSecret('PGPASSWORD', 'password'),
  ];
  const containers = [{ name: 'report', image: 'tocsin/reporting:1.0.0', args: [mode], env }];
  const endClient = planted(store, 'Deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...REF, labels: LABELS },
    spec: {
      replicas: 1,
      selector: { matchLabels: LABELS },
      template: { metadata: { labels: LABELS }, spec: { containers } },
    },
  });
  return {
    subject: 'statefulset/postgres',
    done: { deployed: 'deployment/reporting', mode },
    async lift() {
      const undone = endClient();
      // The client goes first: packets of its end must still reach the server, or its session stays.
      for (let waitedMs = 0; waitedMs < GONE_WITHIN_MS && isThere(store); waitedMs += LOOK_MS)
        await sleep(LOOK_MS);
      closeDoor();
      return undone;
    },
  };
}

function isThere(store: ObjectStore): boolean {
  const pods = store.list('Pod', { namespace: REF.namespace });
  return pods.some(({ metadata }) => metadata.labels?.['app'] === LABELS.app);
}
