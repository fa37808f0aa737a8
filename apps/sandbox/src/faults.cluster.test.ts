import fs from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { EndpointSlice, EventObject, Node, Pod } from '#store';
import {
  askControl,
  askKubernetes,
  askService,
  getObject,
  newStateDir,
  startProcess,
  stopProcess,
  type SandboxProcess,
} from '../test/sandbox-process.ts';

const PLATFORM = '/api/v1/namespaces/platform';
const patience = { timeout: 100_000, interval: 250 };
let sandbox: SandboxProcess;

beforeAll(async () => {
  sandbox = await startProcess(await newStateDir(), ['--fast']);
});

afterAll(async () => {
  await stopProcess(sandbox);
  await fs.rm(sandbox.stateDir, { recursive: true, force: true });
});

const podsOf = (app: string) => async (): Promise<Pod[]> => {
  const list = await getObject<{ items: Pod[] }>(sandbox, `${PLATFORM}/pods?labelSelector=app%3D${app}`);
  return list.items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
};

/** `Waiting` reason, `Reason code` of the last end, or `running`, of each container. */
const containersOf = (app: string) => async (): Promise<string[]> => {
  return (await podsOf(app)()).flatMap(({ status }) =>
    (status?.containerStatuses ?? []).flatMap(({ state, lastState }) => {
      const end = state?.terminated ?? lastState?.terminated;
      const ended = end === undefined ? [] : [`${end.reason} ${end.exitCode}`];
      return [state?.waiting?.reason ?? (state?.running === undefined ? 'terminated' : 'running'), ...ended];
    }),
  );
};

const readyOf = (app: string) => async (): Promise<string[]> => {
  return (await podsOf(app)()).map(
    ({ status }) => status?.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown',
  );
};

async function readyNodes(): Promise<string[]> {
  const { items } = await getObject<{ items: Node[] }>(sandbox, '/api/v1/nodes');
  return items.map(({ status }) => status?.conditions?.find(({ type }) => type === 'Ready')?.status ?? '');
}

async function readyEndpoints(): Promise<number> {
  const label = 'labelSelector=kubernetes.io%2Fservice-name%3Dmultitenant-api-service';
  const list = await getObject<{ items: EndpointSlice[] }>(
    sandbox,
    `/apis/discovery.k8s.io/v1/namespaces/platform/endpointslices?${label}`,
  );
  return list.items
    .flatMap(({ endpoints }) => endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready !== false).length;
}

const eventsSaying = (words: RegExp) => async (): Promise<number> => {
  const list = await getObject<{ items: EventObject[] }>(sandbox, `${PLATFORM}/events`);
  return list.items.filter(({ reason, message }) => words.test(`${reason}: ${message}`)).length;
};

const logOf = (app: string) => async (): Promise<string> => {
  const names = (await podsOf(app)()).map(({ metadata }) => metadata.name);
  const logs = names.map((name) => askKubernetes(sandbox, 'GET', `${PLATFORM}/pods/${name}/log`));
  return (await Promise.all(logs)).map(({ body }) => body).join('\n');
};

/** Status of a read of tenant t1, or `hangs`. */
function answer(): Promise<number | string> {
  return askService(sandbox, { timeoutMs: 2_500 }).then(
    ({ status }) => status,
    () => 'hangs',
  );
}

/** Reads again and again until what is read is as wanted. */
async function eventually<T>(
  read: () => Promise<T>,
  wanted: (seen: ReturnType<typeof expect<T>>) => void,
): Promise<void> {
  await vi.waitFor(async () => wanted(expect(await read())), patience);
}

/** Milliseconds until a read of tenant t1 is answered, or given up. */
async function waitOfAnswer(): Promise<number> {
  const startedAt = performance.now();
  await answer();
  return performance.now() - startedAt;
}

const api = 'multitenant-api';

/** What each fault must bring about, and nothing but it can. */
const SIGNS: Record<string, () => Promise<void>> = {
  'node-lost': async () => {
    await eventually(readyNodes, (seen) => seen.toContain('Unknown'));
    await eventually(
      () => podsOf(api)().then((pods) => pods.length),
      (seen) => seen.toBeGreaterThanOrEqual(3),
    );
  },
  'kubelet-dead': async () => {
    await eventually(readyNodes, (seen) => seen.toContain('Unknown'));
    expect(await answer()).toBe(200);
  },
  'crash-loop': () => eventually(containersOf(api), (seen) => seen.toContain('CrashLoopBackOff')),
  'secret-missing': () =>
    eventually(containersOf(api), (seen) => seen.toContain('CreateContainerConfigError')),
  'image-missing': () => eventually(containersOf(api), (seen) => seen.toContain('ErrImagePull')),
  'memory-leak': () => eventually(containersOf(api), (seen) => seen.toContain('OOMKilled 137')),
  'connection-leak': async () => {
    await eventually(containersOf(api), (seen) => seen.toEqual(['running', 'running', 'running']));
    await eventually(readyEndpoints, (seen) => seen.toBe(0));
    expect(await containersOf(api)()).toEqual(['running', 'running', 'running']);
  },
  'readiness-failing': async () => {
    await eventually(readyEndpoints, (seen) => seen.toBe(0));
    await eventually(readyOf(api), (seen) => seen.toEqual(['False', 'False', 'False']));
    await eventually(
      eventsSaying(/Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 404/),
      (seen) => seen.toBeGreaterThan(0),
    );
  },
  'liveness-too-eager': () =>
    eventually(eventsSaying(/Killing: Container api failed liveness probe, will be restarted/), (seen) =>
      seen.toBeGreaterThan(0),
    ),
  unschedulable: () =>
    eventually(
      eventsSaying(/FailedScheduling: 0\/3 nodes are available.*didn't match Pod's node affinity\/selector/),
      (seen) => seen.toBeGreaterThan(0),
    ),
  'scaled-to-zero': () => eventually(podsOf(api), (seen) => seen.toEqual([])),
  'selector-wrong': async () => {
    await eventually(readyEndpoints, (seen) => seen.toBe(0));
    expect(await readyOf(api)()).toEqual(['True', 'True', 'True']);
  },
  'port-wrong': async () => {
    await eventually(answer, (seen) => seen.toBe(502));
    expect(await readyEndpoints()).toBe(3);
  },
  'redis-down': async () => {
    await eventually(podsOf('redis'), (seen) => seen.toEqual([]));
    expect(await answer()).toBe(200);
  },
  'database-down': async () => {
    await eventually(containersOf('postgres'), (seen) => seen.toContain('CrashLoopBackOff'));
    await eventually(readyOf(api), (seen) => seen.toEqual(['False', 'False', 'False']));
  },
  'quota-exceeded': async () => {
    await eventually(
      eventsSaying(/FailedCreate: Error creating: pods ".*" is forbidden: exceeded quota/),
      (seen) => seen.toBeGreaterThan(0),
    );
    await eventually(readyEndpoints, (seen) => seen.toBe(0));
  },
  'database-connections-taken': async () => {
    await eventually(logOf('reporting'), (seen) =>
      seen.toMatch(/the next one: .*(connection slots|too many clients)/),
    );
    expect(await containersOf(api)()).not.toContain('CrashLoopBackOff');
  },
  'database-lock-held': () => eventually(answer, (seen) => seen.not.toBe(200)),
  'database-slow': async () => {
    await eventually(waitOfAnswer, (seen) => seen.toBeGreaterThan(1_000));
    expect(await containersOf('postgres')()).toEqual(['running']);
  },
  'tenant-poison': () => eventually(answer, (seen) => seen.toBe(500)),
  'partition-policy': () => expectPartition(),
  'partition-zone': () => expectPartition(),
  'two-at-once': async () => {
    await eventually(podsOf('redis'), (seen) => seen.toEqual([]));
    await eventually(containersOf(api), (seen) => seen.toContain('OOMKilled 137'));
  },
};

/** Everything runs, the database is ready, and whoever is on the other side of the cut does not reach it. */
async function expectPartition(): Promise<void> {
  await eventually(readyOf(api), (seen) => seen.toContain('False'));
  expect(await readyOf('postgres')()).toEqual(['True']);
  expect([...(await containersOf(api)()), ...(await containersOf('postgres')())]).not.toContain(
    'CrashLoopBackOff',
  );
}

interface Status {
  readonly ready: boolean;
  readonly nodes: readonly { readonly ready: string }[];
  readonly pods: readonly { readonly ready: string }[];
}

async function isWhole(): Promise<boolean> {
  const { body } = await askControl<Status>(sandbox, 'GET', '/status');
  return body.ready && [...body.nodes, ...body.pods].every(({ ready }) => ready === 'True');
}

it.each(Object.entries(SIGNS))(
  '%s: its sign, and whole again when it is lifted',
  { timeout: 240_000 },
  async (kind, sign) => {
    await eventually(isWhole, (seen) => seen.toBe(true));
    const injected = await askControl<{ id: string; subject: string }>(sandbox, 'POST', `/faults/${kind}`);
    expect(injected).toMatchObject({ status: 201 });
    try {
      await sign();
    } finally {
      await askControl(sandbox, 'DELETE', `/faults/${injected.body.id}`);
    }
    await eventually(isWhole, (seen) => seen.toBe(true));
    await eventually(answer, (seen) => seen.toBe(200));
  },
);

it('plays every fault that it offers', async () => {
  const { body } = await askControl<{ kinds: { kind: string }[] }>(sandbox, 'GET', '/faults');
  const elsewhere = ['node-frozen', 'pod-frozen', 'pod-killed'];
  expect(body.kinds.map(({ kind }) => kind).toSorted()).toEqual(
    [...Object.keys(SIGNS), ...elsewhere].toSorted(),
  );
});
