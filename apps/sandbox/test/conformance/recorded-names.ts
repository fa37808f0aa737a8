import type { SandboxProcess } from '../sandbox-process.ts';
import { getObject } from '../sandbox-process.ts';
import type { KubeObject, Pod, Service } from '#store';

/** Puts the names of a sandbox where a recorded command or path has those of the recorded cluster. */
export async function translator(sandbox: SandboxProcess): Promise<(recorded: string) => string> {
  const api = await getObject<{ items: Pod[] }>(
    sandbox,
    '/api/v1/namespaces/platform/pods?labelSelector=app%3Dmultitenant-api',
  );
  const service = (name: string) =>
    getObject<Service>(sandbox, `/api/v1/namespaces/platform/services/${name}`);
  const secret = await getObject<KubeObject & { data: { password: string } }>(
    sandbox,
    '/api/v1/namespaces/platform/secrets/postgres-admin',
  );
  const password = Buffer.from(secret.data.password, 'base64').toString();
  const [postgres, redis] = await Promise.all([service('postgres-service'), service('redis-service')]);
  const pod = api.items.find(({ metadata }) => metadata.deletionTimestamp === undefined)?.metadata.name ?? '';
  const names: [RegExp, string][] = [
    [/multitenant-api-[a-z0-9]{8,10}-[a-z0-9]{5}\b/g, pod],
    [/\bkn2\b/g, 'node-b'],
    [/\bkn1\b/g, 'node-a'],
    [/local\/multitenant-api/g, 'tocsin/multitenant-api'],
    [/local\//g, ''],
    [/10\.96\.100\.20/g, postgres.spec.clusterIP ?? ''],
    [/10\.96\.100\.30/g, redis.spec.clusterIP ?? ''],
    // Nothing has this address.
    [/10\.96\.100\.99/g, `127.${sandbox.description.addressSpace}.250.99`],
    [/(kubectl run debug --image=postgres\S*)/g, `$1 --env=PGPASSWORD=${password}`],
    [/--env="?PGPASSWORD=x"? /g, ''],
    // Shorter waits than when it was recorded, and a port that others are unlikely to hold.
    [/--timeout=12s/g, '--timeout=3s'],
    [/sleep 14/g, 'sleep 5'],
    [/\b18080\b/g, `${20_000 + sandbox.description.addressSpace}`],
  ];
  return (recorded) => names.reduce((text, [pattern, name]) => text.replace(pattern, name), recorded);
}
