import { expect, it } from 'vitest';
import { node, now, pod, probes, read } from '../../test/facts/build-facts.ts';
import {
  container,
  dependencyFacts,
  lines,
  poolRounds,
  postgresPod,
} from '../../test/facts/build-outages.ts';
import { check } from '../../test/facts/build-told.ts';
import type { Facts, NetworkPolicyFact } from '#facts';
import { diagnose } from './diagnose.ts';

const letters = ['a', 'b', 'c'];
const failing = probes({ count: 30, failed: 30, overMs: 30_000 });
const slow = probes({ count: 20, durationMs: 1600, overMs: 20_000 });
const unready = { ready: false, readyChangedAt: now - 40_000 };
const policy = (name: string, agoMs: number, over: Partial<NetworkPolicyFact> = {}): NetworkPolicyFact => ({
  uid: `uid-${name}`,
  name,
  namespace: 'platform',
  createdAt: now - agoMs,
  ...over,
});
const ofApi = { podSelector: { app: 'api' } };
const ofPostgres = { podSelector: { app: 'postgres' } };
const allPods = (changes: Parameters<typeof pod>[1]) => letters.map((letter) => pod(letter, changes));

/** The database runs beside pod c; connects from the others hang, and what was connected before hangs, too. */
function cutFrom(cut: readonly string[]): Facts {
  const said = (signature: string) =>
    cut.map((letter) => ({ signature, pod: `api-${letter}`, count: 4, lastAt: now - 1000 }));
  return dependencyFacts(
    {
      probes: failing,
      directReads: [read('a', 'http-error'), read('b', 'http-error'), read('c', 'ok')],
      logSignatures: [...said('connect-timeout'), ...said('query-timeout')],
      checks: [check({}), check({ at: now - 11_000 })],
    },
    {
      pods: [...letters.map((letter) => pod(letter)), postgresPod({ nodeName: 'node-c' })],
    },
  );
}

interface Case {
  readonly name: string;
  readonly picture: Facts;
  readonly named: readonly string[];
}

/** Each as the Kubernetes documentation, or the documentation of the tool that speaks, describes it. */
const causes: readonly Case[] = [
  {
    name: 'a database that is scaled to zero, the API unready because of it',
    picture: dependencyFacts(
      { probes: failing, logSignatures: lines('refused:10.1.0.20:5432') },
      {
        pods: allPods(unready),
        workloads: dependencyFacts().cluster.workloads.map((one) =>
          one.name === 'postgres' ? { ...one, replicas: 0, readyReplicas: 0 } : one,
        ),
      },
    ),
    named: ['dependency-down statefulset/postgres'],
  },
  {
    name: 'an API that gives up at the start because its database is gone',
    picture: dependencyFacts(
      { probes: failing, directReads: [], logSignatures: lines('refused:10.1.0.20:5432') },
      {
        pods: allPods({
          ...unready,
          containers: [
            container({
              state: 'waiting',
              reason: 'CrashLoopBackOff',
              restartCount: 3,
              lastTermination: { reason: 'Error', exitCode: 1, finishedAt: now - 5000 },
            }),
          ],
        }),
        workloads: dependencyFacts().cluster.workloads.map((one) =>
          one.name === 'postgres' ? { ...one, readyReplicas: 0 } : one,
        ),
      },
    ),
    named: ['dependency-down statefulset/postgres'],
  },
  {
    name: 'a database that answers slowly: no error, the pool is lent out',
    picture: dependencyFacts({ probes: slow, metrics: poolRounds({ size: 5, inUse: 4, waiting: 0 }) }),
    named: ['dependency-slow statefulset/postgres'],
  },
  {
    name: 'a lock that is held: queries time out, and then no connection is left',
    picture: dependencyFacts({
      probes: failing,
      metrics: poolRounds({ size: 5, inUse: 5, waiting: 3 }),
      logSignatures: [...lines('query-timeout'), ...lines('pool-timeout')],
    }),
    named: ['dependency-slow statefulset/postgres'],
  },
  {
    name: "a leak of the application's own pool",
    picture: dependencyFacts({
      probes: failing,
      metrics: poolRounds({ size: 5, inUse: 5, waiting: 3 }),
      logSignatures: lines('pool-timeout'),
    }),
    named: ['database-connection-exhaustion deployment/api'],
  },
  {
    name: 'another client that takes every slot of the database',
    picture: dependencyFacts({
      probes: failing,
      metrics: poolRounds({ size: 5, inUse: 5, waiting: 3 }),
      logSignatures: [...lines('sqlstate:53300'), ...lines('pool-timeout')],
    }),
    named: ['database-connection-exhaustion statefulset/postgres'],
  },
  {
    name: 'a full disk that evicts, and whose node takes no new pod',
    picture: dependencyFacts(
      { directReads: [] },
      {
        nodes: [node('a'), node('b', { pressures: ['DiskPressure'] }), node('c')],
        pods: [
          pod('a'),
          pod('b', {
            ...unready,
            phase: 'Failed',
            reason: 'Evicted',
            message: 'The node was low on resource: ephemeral-storage. Threshold quantity: 1Gi',
          }),
          pod('d', {
            ...unready,
            nodeName: null,
            phase: 'Pending',
            unschedulable: true,
            message:
              '0/3 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }',
          }),
        ],
      },
    ),
    named: ['disk-pressure node/node-b'],
  },
  {
    name: 'a frozen node, seen by failing scrapes and clients that time out',
    picture: dependencyFacts(
      {
        probes: probes({ count: 30, failed: 10, outcome: 'timeout', overMs: 30_000 }),
        directReads: [],
        metrics: poolRounds({ size: 5, inUse: 0, waiting: 0 }, ['api-b']),
      },
      { nodes: [node('a'), node('b', { leaseRenewedAt: now - 32_000 }), node('c')] },
    ),
    named: ['node-failure node/node-b'],
  },
  {
    name: 'the node of the database is gone, its lease is old',
    picture: dependencyFacts(
      { probes: failing, logSignatures: lines('unreachable:10.1.0.20:5432') },
      {
        pods: [...allPods(unready), postgresPod({ nodeName: 'node-d' })],
        nodes: [...letters.map((letter) => node(letter)), node('d', { leaseRenewedAt: now - 45_000 })],
      },
    ),
    named: ['node-failure node/node-d'],
  },
  {
    name: 'a new network policy that cuts the API off from its database',
    picture: dependencyFacts(
      { probes: failing, logSignatures: lines('unreachable:10.1.0.20:5432') },
      {
        pods: [...allPods(unready), postgresPod()],
        networkPolicies: [
          { uid: 'p0', name: 'standing', namespace: 'platform', createdAt: now - 3_000_000 },
          { uid: 'p1', name: 'deny-data', namespace: 'platform', createdAt: now - 45_000 },
        ],
      },
    ),
    named: ['network-partition networkpolicy/deny-data'],
  },
  {
    name: 'a new network policy that cuts the API off from its database and its cache: one cause',
    picture: dependencyFacts(
      {
        probes: failing,
        logSignatures: [...lines('unreachable:10.1.0.20:5432'), ...lines('unreachable:10.1.0.30:6379')],
      },
      {
        pods: [...allPods(unready), postgresPod()],
        networkPolicies: [policy('deny-all', 45_000, { ...ofApi, directions: ['egress'] })],
      },
    ),
    named: ['network-partition networkpolicy/deny-all'],
  },
  {
    name: 'a database that pods of one node cannot connect to, while another pod and our own checks can',
    picture: cutFrom(['a', 'b']),
    named: ['network-partition service/postgres-service'],
  },
  {
    name: 'the same where every pod hangs, as just after a policy was taken away: no cut is named',
    picture: cutFrom(letters),
    named: ['unknown '],
  },
  {
    name: 'the same where one pod has said nothing yet',
    picture: { ...cutFrom(['a']), directReads: [read('b', 'http-error'), read('c', 'ok')] },
    named: ['unknown '],
  },
  {
    name: 'the same with a database that turns clients away: it is full, and not cut off',
    picture: {
      ...cutFrom(['a', 'b']),
      logSignatures: [...cutFrom(['a', 'b']).logSignatures, ...lines('sqlstate:53300')],
    },
    named: ['database-connection-exhaustion statefulset/postgres'],
  },
  {
    name: 'queries that hang since a policy shut the way out of the API',
    picture: dependencyFacts(
      { probes: failing, logSignatures: lines('query-timeout') },
      {
        pods: [...allPods(unready), postgresPod()],
        networkPolicies: [
          policy('api-in', 3_000_000, { ...ofApi, directions: ['ingress'] }),
          policy('api-out', 35_000, { ...ofApi, directions: ['egress'] }),
        ],
      },
    ),
    named: ['network-partition networkpolicy/api-out'],
  },
  {
    name: 'queries that hang, and a new policy that only allows more to a database that was shut before',
    picture: dependencyFacts(
      { probes: failing, logSignatures: lines('query-timeout') },
      {
        pods: [...allPods(unready), postgresPod()],
        networkPolicies: [
          policy('postgres-from-api', 3_000_000, { ...ofPostgres, directions: ['ingress'] }),
          policy('postgres-from-reports', 35_000, { ...ofPostgres, directions: ['ingress'] }),
        ],
      },
    ),
    named: ['dependency-slow statefulset/postgres'],
  },
  {
    name: 'database and cache that keep the pods waiting at once: what they share is not known',
    picture: dependencyFacts(
      { probes: failing, logSignatures: [...lines('query-timeout'), ...lines('cache-timeout')] },
      { pods: [...allPods({}), postgresPod()] },
    ),
    named: ['unknown '],
  },
  {
    name: 'queries that hang, and a new policy over pods of another service',
    picture: dependencyFacts(
      { probes: failing, logSignatures: lines('query-timeout') },
      {
        pods: [...allPods(unready), postgresPod()],
        networkPolicies: [
          policy('reports', 35_000, { podSelector: { app: 'reports' }, directions: ['egress'] }),
        ],
      },
    ),
    named: ['dependency-slow statefulset/postgres'],
  },
  {
    name: 'a cut between zones: pods of one node cannot reach the database',
    picture: dependencyFacts(
      {
        probes: probes({ count: 30, failed: 10, overMs: 30_000 }),
        logSignatures: lines('unreachable:10.1.0.20:5432', ['api-b']),
      },
      { pods: [pod('a'), pod('b', unready), pod('c'), postgresPod()] },
    ),
    named: ['network-partition service/postgres-service'],
  },
  {
    name: "one tenant's requests that fail",
    picture: dependencyFacts({
      probes: [...probes({ tenants: ['t1'], failed: 20 }), ...probes({ tenants: ['t2', 't3', 't4', 't5'] })],
    }),
    named: ['tenant-errors tenant/t1'],
  },
  {
    name: 'the cache gone and another release that cannot be pulled: both',
    picture: dependencyFacts(
      {},
      {
        pods: [
          ...allPods({}),
          pod('d', {
            ...unready,
            owner: 'replicaset/api-2',
            phase: 'Pending',
            containers: [container({ state: 'waiting', reason: 'ErrImagePull' })],
          }),
        ],
        workloads: dependencyFacts().cluster.workloads.map((one) =>
          one.name === 'redis' ? { ...one, replicas: 0, readyReplicas: 0 } : one,
        ),
      },
    ),
    named: ['dependency-down deployment/redis', 'image-pull-failure deployment/api'],
  },
  {
    name: 'the cache gone and the database cut off: both',
    picture: dependencyFacts(
      {
        probes: failing,
        logSignatures: [...lines('unreachable:10.1.0.20:5432'), ...lines('refused:10.1.0.30:6379')],
      },
      {
        pods: [...allPods(unready), postgresPod()],
        workloads: dependencyFacts().cluster.workloads.map((one) =>
          one.name === 'redis' ? { ...one, replicas: 0, readyReplicas: 0 } : one,
        ),
      },
    ),
    named: ['dependency-down deployment/redis', 'network-partition service/postgres-service'],
  },
];

it.each(causes)('$name: named, with its subject and nothing else', ({ picture, named }) => {
  const found = diagnose(picture).map((one) => `${one.id} ${one.subject}`);
  expect(found.toSorted()).toEqual(named);
});

it.each([
  ['timeouts in the log', dependencyFacts({ probes: slow, logSignatures: lines('query-timeout') }), 'record'],
  ['no free slot in the log', dependencyFacts({ logSignatures: lines('sqlstate:53300') }), 'record'],
  [
    'a dependency that is scaled to zero',
    dependencyFacts(
      {},
      {
        workloads: dependencyFacts().cluster.workloads.map((one) => ({
          ...one,
          replicas: 0,
          readyReplicas: 0,
        })),
      },
    ),
    'object',
  ],
])(
  '%s: a cause says when its newest record was seen, and nothing of objects that still stand',
  (...[, picture, rests]) => {
    const [first] = diagnose(picture);
    expect(first?.id).not.toBe('unknown');
    const newest = Math.max(...picture.logSignatures.map((one) => one.lastAt));
    expect(first?.seenAt).toBe(rests === 'record' ? newest : undefined);
  },
);
