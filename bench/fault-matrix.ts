/**
 * `node bench/fault-matrix.ts [KIND...]`: injects every fault of the sandbox and prints, as a Markdown table, what clients and Kubernetes
 * show of it and after how many seconds, and how long after it was lifted the platform was whole again.
 */
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  askControl,
  getObject,
  newStateDir,
  startProcess,
  stopProcess,
  type SandboxProcess,
} from '../apps/sandbox/test/sandbox-process.ts';

interface Sign {
  readonly what: string;
  readonly afterMs: number;
}

interface PodView {
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string> };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: { type: string; status: string; reason?: string }[];
    readonly containerStatuses?: {
      readonly restartCount: number;
      readonly state: Record<string, { reason?: string; exitCode?: number }>;
      readonly lastState?: Record<string, { reason?: string; exitCode?: number }>;
    }[];
  };
}

/** How long a fault is watched: signs of a node come after its lease is 50 s old, leaks need their time, everything else shows at once. */
const watchedMs: Readonly<Record<string, number>> = {
  'node-frozen': 65_000,
  'node-lost': 65_000,
  'kubelet-dead': 65_000,
  'memory-leak': 50_000,
  'two-at-once': 50_000,
};
const followMs = (kind: string): number => watchedMs[kind] ?? 25_000;
const lookEveryMs = 150;
const namespace = '/api/v1/namespaces/platform';

const stateDir = await newStateDir();
const sandbox = await startProcess(stateDir, ['--rate', '5']);
try {
  const { body } = await askControl<{ kinds: { kind: string; unsupported?: string }[] }>(
    sandbox,
    'GET',
    '/faults',
  );
  const wanted = process.argv.slice(2);
  console.log('| fault | clients | Kubernetes | whole again |\n|---|---|---|---|');
  for (const { kind, unsupported } of body.kinds) {
    if (wanted.length > 0 && !wanted.includes(kind)) continue;
    console.log(
      unsupported === undefined ? await play(sandbox, kind) : `| ${kind} | | unsupported: ${unsupported} | |`,
    );
  }
} finally {
  await stopProcess(sandbox);
  rmSync(stateDir, { recursive: true, force: true });
}

async function play(on: SandboxProcess, kind: string): Promise<string> {
  const seen = new Set(await signsNow(on));
  const injectedAtMs = Date.now();
  const { status, body } = await askControl<{ id: string; error?: string }>(on, 'POST', `/faults/${kind}`);
  if (status !== 201) return `| ${kind} | | not injected: ${body.error ?? status} | |`;
  const signs: Sign[] = [];
  while (Date.now() - injectedAtMs < followMs(kind)) {
    for (const what of await signsNow(on)) {
      if (seen.has(what)) continue;
      seen.add(what);
      signs.push({ what, afterMs: Date.now() - injectedAtMs });
    }
    await sleep(lookEveryMs);
  }
  const clients = await clientsSince(on, injectedAtMs);
  const liftedAtMs = Date.now();
  await askControl(on, 'DELETE', `/faults/${body.id}`);
  const whole = await wholeAgain(on, liftedAtMs);
  const shown = signs.map(({ what, afterMs }) => `${what} ${seconds(afterMs)}`).join(', ');
  return `| ${kind} | ${clients} | ${shown || 'nothing'} | ${whole} |`;
}

/** What stands in the API now that a healthy platform does not show, in words. */
async function signsNow(on: SandboxProcess): Promise<string[]> {
  const [pods, nodes, slices, events] = await Promise.all([
    getObject<{ items: PodView[] }>(on, `${namespace}/pods`),
    getObject<{
      items: {
        metadata: { name: string };
        spec: { taints?: { key: string }[] };
        status?: PodView['status'];
      }[];
    }>(on, '/api/v1/nodes'),
    getObject<{
      items: {
        metadata: { labels?: Record<string, string> };
        endpoints: { conditions?: { ready?: boolean } }[] | null;
      }[];
    }>(on, '/apis/discovery.k8s.io/v1/namespaces/platform/endpointslices'),
    getObject<{ items: { reason?: string; type?: string }[] }>(on, `${namespace}/events`),
  ]);
  return [
    ...pods.items.flatMap(podSigns),
    ...nodes.items.flatMap(({ status }) => conditionSign('node', status)),
    ...sliceSigns(slices.items),
    ...events.items.filter(({ type }) => type === 'Warning').map(({ reason }) => `event ${reason}`),
  ];
}

function podSigns({ metadata, status }: PodView): string[] {
  const app = metadata.labels?.['app'] ?? metadata.name;
  const containers = status?.containerStatuses ?? [];
  const reasons = containers.flatMap(({ state, lastState }) => [
    ...(state['waiting']?.reason === undefined || state['waiting'].reason === 'ContainerCreating'
      ? []
      : [`${app}: ${state['waiting'].reason}`]),
    ...[state['terminated'], lastState?.['terminated']]
      .filter((end) => end !== undefined && end.exitCode !== 0)
      .map((end) => `${app}: ${end?.reason} ${end?.exitCode}`),
  ]);
  const pending = status?.conditions?.some(({ reason }) => reason === 'Unschedulable')
    ? [`${app}: Unschedulable`]
    : [];
  return [...reasons, ...pending, ...conditionSign(app, status)];
}

function conditionSign(who: string, status: PodView['status']): string[] {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status;
  return ready === undefined || ready === 'True' ? [] : [`${who}: Ready=${ready}`];
}

function sliceSigns(
  slices: {
    metadata: { labels?: Record<string, string> };
    endpoints: { conditions?: { ready?: boolean } }[] | null;
  }[],
): string[] {
  const own = slices.filter(
    ({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'multitenant-api-service',
  );
  const ready = own
    .flatMap(({ endpoints }) => endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready !== false).length;
  return ready >= 3 ? [] : [`${ready} endpoints ready`];
}

interface Stats {
  readonly perSecond: {
    readonly at: string;
    readonly tenants: Record<string, { ok: number; failed: number }>;
  }[];
}

/** Share of failed requests, of which tenants, and when the first failed. */
async function clientsSince(on: SandboxProcess, sinceMs: number): Promise<string> {
  const url = `${on.description.traffic.url}/stats?since=${new Date(sinceMs).toISOString()}`;
  const { perSecond } = (await (await fetch(url)).json()) as Stats;
  const totals = new Map<string, { ok: number; failed: number }>();
  for (const { tenants } of perSecond)
    for (const [tenant, { ok, failed }] of Object.entries(tenants)) {
      const sum = totals.get(tenant) ?? { ok: 0, failed: 0 };
      totals.set(tenant, { ok: sum.ok + ok, failed: sum.failed + failed });
    }
  const hurt = [...totals].filter(([, { failed }]) => failed > 0);
  if (hurt.length === 0) return 'no error';
  const first = perSecond.find(({ tenants }) => Object.values(tenants).some(({ failed }) => failed > 0));
  const requests = hurt.reduce((sum, [, one]) => sum + one.ok + one.failed, 0);
  const failures = hurt.reduce((sum, [, one]) => sum + one.failed, 0);
  const share = Math.round((100 * failures) / requests);
  const afterMs = Math.max(0, Date.parse(first?.at ?? '') - sinceMs);
  return `${share} % of ${hurt.length === totals.size ? 'all tenants' : hurt.map(([tenant]) => tenant).join(', ')}, from ${seconds(afterMs)}`;
}

async function wholeAgain(on: SandboxProcess, sinceMs: number): Promise<string> {
  const limitMs = 330_000;
  while (Date.now() - sinceMs < limitMs) {
    const { body } = await askControl<{
      ready: boolean;
      nodes: { ready: string }[];
      pods: { ready: string }[];
    }>(on, 'GET', '/status');
    const whole = body.ready && [...body.nodes, ...body.pods].every(({ ready }) => ready === 'True');
    if (whole) {
      await sleep(3_000);
      return seconds(Date.now() - 3_000 - sinceMs);
    }
    await sleep(200);
  }
  return `not within ${seconds(limitMs)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
