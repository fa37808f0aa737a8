import fs from 'node:fs/promises';
import path from 'node:path';
import { parseAllDocuments, parse } from 'yaml';
import type { Kind, KindMap, NewObject, ObjectStore } from '#store';
import type { SandboxSecrets } from './state-files.ts';

const NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'platform'];
const ADMIN = 'postgres';
const API_ROLE = 'multitenant_api';
const MONITOR_ROLE = 'tocsin_monitor';

/** Makes what a cluster has before anything is applied: namespaces, their default account, the API's own Service. */
export function seedCluster(store: ObjectStore): void {
  for (const name of NAMESPACES) {
    store.create('Namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    const metadata = { name: 'default', namespace: name };
    store.create('ServiceAccount', { apiVersion: 'v1', kind: 'ServiceAccount', metadata });
  }
  store.create('Service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { component: 'apiserver', provider: 'kubernetes' },
    },
    spec: { ports: [{ name: 'https', port: 443, targetPort: 6443, protocol: 'TCP' }] },
  });
}

/** Makes the Secrets that the manifests refer to. */
export function createSecrets(store: ObjectStore, secrets: SandboxSecrets): void {
  const values: Record<string, Record<string, string>> = {
    'postgres-admin': { username: ADMIN, password: secrets.postgresPassword },
    'multitenant-api-db': { username: API_ROLE, password: secrets.apiPassword },
    'postgres-monitor': { username: MONITOR_ROLE, password: secrets.monitorPassword },
    'multitenant-api-jwt': { secret: secrets.jwtSecret },
  };
  for (const [name, stringData] of Object.entries(values)) {
    const metadata = { name, namespace: 'platform' };
    store.create('Secret', { apiVersion: 'v1', kind: 'Secret', metadata, stringData });
  }
}

/** How the platform's dependencies are reached from outside of the cluster. */
export interface DependencyUrls {
  /** With the login of the role that only counts. */
  readonly postgres: string;
  /** Undefined where the platform runs without Redis. */
  readonly redis: string | undefined;
}

/** The addresses of the platform's Services, once they have been applied. */
export function dependencyUrls(store: ObjectStore, secrets: SandboxSecrets): DependencyUrls {
  const addressOf = (name: string): string | undefined =>
    store.get('Service', { namespace: 'platform', name })?.spec.clusterIP;
  const redis = addressOf('redis-service');
  const login = `${MONITOR_ROLE}:${secrets.monitorPassword}`;
  return {
    postgres: `postgres://${login}@${addressOf('postgres-service') ?? ''}:5432/postgres`,
    redis: redis === undefined ? undefined : `redis://${redis}:6379`,
  };
}

/** Applies the manifests of a kustomization directory, Services before workloads, leaving out files named in `skip`. */
export async function applyManifests(
  store: ObjectStore,
  directory: string,
  skip: readonly string[],
): Promise<void> {
  const list = parse(await fs.readFile(path.join(directory, 'kustomization.yaml'), 'utf8')) as {
    resources: string[];
  };
  const files = list.resources.filter((file) => !skip.includes(file));
  const texts = await Promise.all(files.map((file) => fs.readFile(path.join(directory, file), 'utf8')));
  const objects = texts.flatMap((text) =>
    parseAllDocuments(text).map((one) => one.toJS() as NewObject<KindMap[Kind]>),
  );
  for (const object of objects.toSorted((a, b) => applyOrder(a.kind) - applyOrder(b.kind))) {
    const kind = object.kind as Kind;
    if (store.get(kind, { name: '', ...object.metadata }) === undefined) store.create(kind, object);
  }
}

/** Later kinds need earlier ones; a StatefulSet goes before the Deployments that use it. */
function applyOrder(kind: string): number {
  const order = [
    'Namespace',
    'NetworkPolicy',
    'PodDisruptionBudget',
    'Service',
    'Ingress',
    'StatefulSet',
    'Deployment',
  ];
  return order.indexOf(kind);
}
