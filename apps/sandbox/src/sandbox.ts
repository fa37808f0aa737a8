import fs from 'node:fs/promises';
import path from 'node:path';
import { createApiServer, createCredentials, type ApiServer, type Credentials } from '#api';
import { checkQuotas, startControllers } from '#controllers';
import { ControlServer, FaultRegistry } from '#faults';
import {
  claimAddressSpace,
  clusterIpAllocator,
  IngressProxy,
  Reachability,
  ServiceNetwork,
  type AddressSpace,
} from '#network';
import { findProgram, PodPrograms, sweepLeftovers, type ImageProgram, type Kubelet } from '#nodes';
import { ObjectStore, type Pod } from '#store';
import { applyManifests, createSecrets, dependencyUrls, seedCluster } from './apply-platform.ts';
import type { SandboxConfig } from './config.ts';
import { createKubelets, podProcesses } from './sandbox-nodes.ts';
import { sandboxStatus } from './sandbox-status.ts';
import { loadSecrets, readJson, writePrivate } from './state-files.ts';
import { issueTenantTokens, type Tenant } from './tenant-tokens.ts';
import { waitReady } from './wait-ready.ts';

const REPOSITORY = path.resolve(import.meta.dirname, '../../..');
const PORTS = { api: 6443, ingress: 8080, control: 7070 };
const INGRESS_HOST = 'api.globepay.space';
/** What processes get to end by themselves when the sandbox stops. */
const SHUTDOWN_GRACE_MS = 2_500;

/** Told of each step of the start, and of what goes wrong later. */
export type SandboxListener = (event: 'progress' | 'problem', message: string) => void;

/** What a running sandbox offers. */
export interface SandboxDescription {
  pid: number;
  kubeconfig: string;
  apiServer: string;
  ingressUrl: string;
  ingressHost: string;
  control: { url: string; token: string };
  namespace: string;
  tenants: Omit<Tenant, 'token'>[];
  redis: boolean;
  /** How the platform's dependencies are reached; PostgreSQL by the url in the file, with a role that only counts connections. */
  dependencies: { postgresUrlFile: string; redisUrl?: string };
  /** X of the loopback range 127.X.0.0/16. */
  addressSpace: number;
}

/** A running sandbox. */
export interface Sandbox {
  description: SandboxDescription;
  /** The address beside the pods and Services, for what shall be reached with the sandbox. */
  host: string;
  /** The platform's customers. */
  tenants: readonly Tenant[];
  /** Ends every process and closes every port; the data stays. Safe to call twice. */
  stop(): Promise<void>;
}

type Stop = () => Promise<void> | void;

/** How and where a sandbox starts. */
export interface SandboxStart {
  config: SandboxConfig;
  /** The image of the platform's database. */
  postgres: ImageProgram;
  listener: SandboxListener;
  /** Gives the start up. */
  signal: AbortSignal;
  /** The address range of an earlier run, taken again while it is free. */
  addressSpace: number | undefined;
}

/** Boots the cluster and resolves when its platform serves. Whatever started is stopped again when that fails. */
export async function startSandbox(start: SandboxStart): Promise<Sandbox> {
  const stops: Stop[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopAll(stops));
  try {
    return { ...(await boot(start, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function stopAll(stops: readonly Stop[]): Promise<void> {
  for (const stop of stops.toReversed()) await stop();
}

async function boot(
  { config, postgres, listener, signal, addressSpace }: SandboxStart,
  stops: Stop[],
): Promise<Omit<Sandbox, 'stop'>> {
  const { stateDir } = config;
  await fs.mkdir(stateDir, { recursive: true });
  const swept = await sweepLeftovers(stateDir);
  if (swept.length > 0) listener('progress', `ended ${swept.length} processes of an earlier run`);
  await fs.rm(path.join(stateDir, 'pods'), { recursive: true, force: true });
  const space = await claimAddressSpace(addressSpace);
  stops.push(() => space.release());
  const secrets = await loadSecrets(stateDir);
  const tenants = await issueTenantTokens(stateDir, secrets.jwtSecret);
  const store = createStore(space);
  seedCluster(store);
  createSecrets(store, secrets);
  const kubelets = createKubelets({ store, config, space, postgres });
  const reach = new Reachability(store, () => podProcesses(kubelets));
  const api = await startControlPlane({ config, space, store, kubelets, reach }, listener, stops);
  const redis = findProgram('redis-server') !== undefined;
  if (!redis) listener('progress', 'no redis-server on this machine: the platform runs without Redis');
  await applyManifests(store, path.join(REPOSITORY, 'deploy/platform'), redis ? [] : ['redis.yaml']);
  listener('progress', 'applied deploy/platform');
  const faults = new FaultRegistry({ store, kubelets, reach });
  const control = new ControlServer({
    faults,
    token: secrets.controlToken,
    status: () => sandboxStatus(store, kubelets, faults),
  });
  await control.listen(space.controlIp, PORTS.control);
  stops.push(
    () => control.close(),
    () => faults.liftAll(),
  );
  const limits = { withinMs: config.readyWithinMs, signal };
  await waitReady(store, limits, (message) => listener('progress', message));
  reach.settle();
  const urls = dependencyUrls(store, secrets);
  const postgresUrlFile = path.join(stateDir, 'tokens', 'postgres-monitor.url');
  await writePrivate(postgresUrlFile, urls.postgres);
  const url = (port: number): string => `http://${space.controlIp}:${port}`;
  const description: SandboxDescription = {
    pid: process.pid,
    kubeconfig: path.join(stateDir, 'kubeconfig'),
    apiServer: api.url,
    ingressUrl: url(PORTS.ingress),
    ingressHost: INGRESS_HOST,
    control: { url: url(PORTS.control), token: secrets.controlToken },
    namespace: 'platform',
    tenants: tenants.map(({ id, name, tokenFile }) => ({ id, name, tokenFile })),
    redis,
    dependencies: { postgresUrlFile, ...(urls.redis === undefined ? {} : { redisUrl: urls.redis }) },
    addressSpace: space.id,
  };
  return { description, host: space.controlIp, tenants };
}

/** A store that gives Services addresses and holds pods to the quotas. */
function createStore(space: AddressSpace): ObjectStore {
  const giveIp = clusterIpAllocator((n) => space.serviceIp(n));
  const store: ObjectStore = new ObjectStore({
    admit: (draft, before) => {
      giveIp(draft);
      if (draft.kind === 'Pod' && before === undefined) checkQuotas(store, draft as Pod);
    },
  });
  return store;
}

interface Cluster {
  config: SandboxConfig;
  space: AddressSpace;
  store: ObjectStore;
  kubelets: readonly Kubelet[];
  reach: Reachability;
}

async function startControlPlane(
  { config, space, store, kubelets, reach }: Cluster,
  listener: SandboxListener,
  stops: Stop[],
): Promise<ApiServer> {
  const { controlIp } = space;
  const problem = (place: string, error: unknown) =>
    listener(
      'problem',
      `${place}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  const programs = new PodPrograms(kubelets);
  const api = await createApiServer({
    store,
    host: controlIp,
    port: PORTS.api,
    credentials: await loadCredentials(config.stateDir, controlIp),
    ports: { programs, logs: programs },
  });
  stops.push(() => api.close());
  await writePrivate(path.join(config.stateDir, 'kubeconfig'), api.kubeconfig({ namespace: 'platform' }));
  listener('progress', `Kubernetes API on ${api.url}`);
  const network = new ServiceNetwork(store, reach, problem);
  stops.push(() => network.close());
  const stopControllers = startControllers({ store, now: Date.now, timings: config, onError: problem });
  const ingress = new IngressProxy(network);
  await ingress.listen(controlIp, PORTS.ingress);
  stops.push(() => ingress.close());
  for (const kubelet of kubelets) kubelet.start();
  stops.push(async () => {
    stopControllers();
    await Promise.all(kubelets.map((kubelet) => kubelet.stop(SHUTDOWN_GRACE_MS)));
  });
  return api;
}

/** Kept over restarts, so that a kubeconfig stays valid as long as the address does. */
async function loadCredentials(stateDir: string, host: string): Promise<Credentials> {
  const file = path.join(stateDir, `credentials-${host}.json`);
  const kept = await readJson<Credentials>(file);
  if (kept !== undefined) return kept;
  const made = await createCredentials([host], Date.now());
  await writePrivate(file, JSON.stringify(made));
  return made;
}
