import fs from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { once } from 'node:events';
import { createApiServer, createCredentials, type ApiServer, type Credentials } from '#api';
import { checkQuotas, startControllers } from '#controllers';
import { ControlServer, FaultRegistry } from '#faults';
import { startMailbox } from '#mailbox';
import {
  claimAddressSpace,
  clusterIpAllocator,
  IngressProxy,
  Reachability,
  ServiceNetwork,
  type AddressSpace,
} from '#network';
import { findProgram, PodPrograms, readLog, sweepLeftovers, type Kubelet } from '#nodes';
import { ObjectStore, type Pod } from '#store';
import { startTraffic, trafficServer } from '#traffic';
import { applyManifests, createSecrets, dependencyUrls, seedCluster } from './apply-platform.ts';
import type { SandboxConfig } from './config.ts';
import { createKubelets, podProcesses } from './sandbox-nodes.ts';
import { sandboxStatus } from './sandbox-status.ts';
import { loadSecrets, readJson, writePrivate } from './state-files.ts';
import { issueTenantTokens, type Tenant } from './tenant-tokens.ts';
import { waitReady } from './wait-ready.ts';

const REPOSITORY = path.resolve(import.meta.dirname, '../../..');
const PORTS = { api: 6443, ingress: 8080, smtp: 1025, mailbox: 8025, control: 7070, traffic: 7071 };
const INGRESS_HOST = 'api.globepay.space';
/** What processes get to end by themselves when the sandbox stops. */
const SHUTDOWN_GRACE_MS = 2_500;

/** Told of each step of the start, and of what goes wrong later. */
export type SandboxListener = (event: 'progress' | 'problem', message: string) => void;

/** What a running sandbox offers, as written to sandbox.json. */
export interface SandboxDescription {
  pid: number;
  kubeconfig: string;
  apiServer: string;
  ingressUrl: string;
  ingressHost: string;
  mailbox: { smtpUrl: string; httpUrl: string };
  control: { url: string; token: string };
  traffic: { url: string };
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
  /** Ends every process and closes every port; the data stays. Safe to call twice. */
  stop(): Promise<void>;
}

type Stop = () => Promise<void> | void;

/** Boots the whole stage and resolves when its platform serves. Whatever started is stopped again when that fails. */
export async function startSandbox(
  config: SandboxConfig,
  listener: SandboxListener,
  signal: AbortSignal,
): Promise<Sandbox> {
  const stops: Stop[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopAll(stops));
  try {
    return { description: await boot({ config, listener, signal, stops }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function stopAll(stops: readonly Stop[]): Promise<void> {
  for (const stop of stops.toReversed()) await stop();
}

interface Boot {
  config: SandboxConfig;
  listener: SandboxListener;
  signal: AbortSignal;
  stops: Stop[];
}

async function boot({ config, listener, signal, stops }: Boot): Promise<SandboxDescription> {
  const { stateDir } = config;
  await fs.mkdir(stateDir, { recursive: true });
  const previous = await readJson<SandboxDescription>(path.join(stateDir, 'sandbox.json'));
  if (previous !== undefined && (await isSandbox(previous.pid))) {
    throw new Error(`--state-dir: ${stateDir} is in use by the sandbox with pid ${previous.pid}`);
  }
  const swept = await sweepLeftovers(stateDir);
  if (swept.length > 0) listener('progress', `ended ${swept.length} processes of an earlier run`);
  await fs.rm(path.join(stateDir, 'pods'), { recursive: true, force: true });
  const space = await claimAddressSpace(previous?.addressSpace);
  stops.push(() => space.release());
  const secrets = await loadSecrets(stateDir);
  const tenants = await issueTenantTokens(stateDir, secrets.jwtSecret);
  const giveIp = clusterIpAllocator((n) => space.serviceIp(n));
  const store: ObjectStore = new ObjectStore({
    admit: (draft, before) => {
      giveIp(draft);
      if (draft.kind === 'Pod' && before === undefined) checkQuotas(store, draft as Pod);
    },
  });
  seedCluster(store);
  createSecrets(store, secrets);
  const kubelets = createKubelets(store, config, space, REPOSITORY);
  const reach = new Reachability(store, () => podProcesses(kubelets));
  const api = await startControlPlane({ config, listener, stops, space, store, kubelets, reach });
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
  const mailbox = await startMailbox({
    host: space.controlIp,
    smtpPort: PORTS.smtp,
    httpPort: PORTS.mailbox,
  });
  stops.push(() => mailbox.close());
  const limits = { withinMs: config.readyWithinMs, signal };
  await waitReady(store, limits, (message) => listener('progress', message));
  reach.settle();
  await startClients(config, space, tenants, stops);
  const urls = dependencyUrls(store, secrets);
  const postgresUrlFile = path.join(stateDir, 'tokens', 'postgres-monitor.url');
  await writePrivate(postgresUrlFile, urls.postgres);
  const dependencies = { postgresUrlFile, ...(urls.redis === undefined ? {} : { redisUrl: urls.redis }) };
  const described = describe({ stateDir, space, api, tenants, redis, token: secrets.controlToken });
  const description = { ...described, dependencies };
  await writePrivate(path.join(stateDir, 'sandbox.json'), `${JSON.stringify(description, undefined, 2)}\n`);
  return description;
}

/** Whether a process is a sandbox of ours; its number may have gone to another since. */
async function isSandbox(pid: number): Promise<boolean> {
  const command = await fs.readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return pid !== process.pid && command.includes('sandbox/src/main.ts');
}

interface ControlPlaneParts {
  config: SandboxConfig;
  listener: SandboxListener;
  stops: Stop[];
  space: AddressSpace;
  store: ObjectStore;
  kubelets: readonly Kubelet[];
  reach: Reachability;
}

async function startControlPlane(parts: ControlPlaneParts): Promise<ApiServer> {
  const { config, listener, stops, space, store, kubelets, reach } = parts;
  const problem = (place: string, error: unknown) =>
    listener(
      'problem',
      `${place}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  const api = await createApiServer({
    store,
    host: space.controlIp,
    port: PORTS.api,
    credentials: await loadCredentials(config.stateDir, space.controlIp),
    ports: {
      programs: new PodPrograms(kubelets),
      logs: {
        read: (pod, container, options) =>
          readLog(
            kubelets.find(({ name }) => name === pod.spec.nodeName),
            pod,
            container,
            options,
          ),
      },
    },
  });
  stops.push(() => api.close());
  await writePrivate(path.join(config.stateDir, 'kubeconfig'), api.kubeconfig({ namespace: 'platform' }));
  listener('progress', `Kubernetes API on ${api.url}`);
  const network = new ServiceNetwork(store, reach, problem);
  stops.push(() => network.close());
  const { nodeMonitorGraceMs, nodeMonitorPeriodMs, podEvictionAfterMs } = config;
  const timings = { nodeMonitorGraceMs, nodeMonitorPeriodMs, podEvictionAfterMs };
  const stopControllers = startControllers({ store, now: Date.now, timings, onError: problem });
  const ingress = new IngressProxy(network);
  await ingress.listen(space.controlIp, PORTS.ingress);
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

async function startClients(
  config: SandboxConfig,
  space: AddressSpace,
  tenants: readonly Tenant[],
  stops: Stop[],
): Promise<void> {
  const traffic = startTraffic({
    ingressUrl: `http://${space.controlIp}:${PORTS.ingress}`,
    host: INGRESS_HOST,
    tenants,
    requestsPerSecondPerTenant: config.requestsPerSecond,
    seed: 1,
  });
  const server = http.createServer(trafficServer(traffic));
  server.listen(PORTS.traffic, space.controlIp);
  await once(server, 'listening');
  stops.push(() => {
    server.close();
    server.closeAllConnections();
    // Not awaited: a request to a frozen pod would hold the stop for its whole time limit.
    void traffic.stop();
  });
}

function describe(parts: {
  stateDir: string;
  space: AddressSpace;
  api: ApiServer;
  tenants: readonly Tenant[];
  redis: boolean;
  token: string;
}): Omit<SandboxDescription, 'dependencies'> {
  const at = parts.space.controlIp;
  return {
    pid: process.pid,
    kubeconfig: path.join(parts.stateDir, 'kubeconfig'),
    apiServer: parts.api.url,
    ingressUrl: `http://${at}:${PORTS.ingress}`,
    ingressHost: INGRESS_HOST,
    mailbox: { smtpUrl: `smtp://${at}:${PORTS.smtp}`, httpUrl: `http://${at}:${PORTS.mailbox}` },
    control: { url: `http://${at}:${PORTS.control}`, token: parts.token },
    traffic: { url: `http://${at}:${PORTS.traffic}` },
    namespace: 'platform',
    tenants: parts.tenants.map(({ id, name, tokenFile }) => ({ id, name, tokenFile })),
    redis: parts.redis,
    addressSpace: parts.space.id,
  };
}
