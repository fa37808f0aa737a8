import { describe, expect, it } from 'vitest';
import { facts, node, now, pod, probes, read } from '../../test/facts/build-facts.ts';
import {
  container,
  dependencyFacts,
  event,
  poolRounds,
  postgres,
  postgresPod,
  redis,
} from '../../test/facts/build-outages.ts';
import type { Facts } from '#facts';
import { diagnose } from './diagnose.ts';

const letters = ['a', 'b', 'c'];
const slow = probes({ count: 20, durationMs: 1600, overMs: 20_000 });
const unready = { ready: false, readyChangedAt: now - 40_000 };
const allPods = (changes: Parameters<typeof pod>[1]) => letters.map((letter) => pod(letter, changes));

describe('nothing is named for', () => {
  const harmless: readonly { readonly name: string; readonly picture: Facts }[] = [
    {
      name: 'a kubelet that was away for some seconds',
      picture: dependencyFacts(
        {},
        {
          nodes: [
            node('a'),
            node('b', { ready: 'Unknown', readyChangedAt: now - 6000, leaseRenewedAt: now - 48_000 }),
          ],
        },
      ),
    },
    {
      name: 'a drain whose pods wait for a disruption budget or a node',
      picture: dependencyFacts(
        {},
        {
          nodes: [node('a'), node('b', { unschedulable: true }), node('c')],
          pods: [
            pod('a'),
            pod('b', { deletionAt: now - 4000, ready: false }),
            pod('c'),
            pod('d', {
              ...unready,
              nodeName: null,
              phase: 'Pending',
              unschedulable: true,
              message:
                "0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match pod anti-affinity rules.",
            }),
          ],
        },
      ),
    },
    {
      name: 'a failed job of somebody else in the namespace',
      picture: dependencyFacts(
        {},
        {
          pods: [
            ...allPods({}),
            pod('j', {
              labels: { 'job-name': 'report' },
              phase: 'Failed',
              ready: false,
              containers: [
                container({
                  state: 'terminated',
                  reason: 'Error',
                  lastTermination: { reason: 'Error', exitCode: 1, finishedAt: now - 5000 },
                }),
              ],
            }),
          ],
        },
      ),
    },
    {
      name: 'a rollout that makes progress',
      picture: dependencyFacts(
        {},
        {
          pods: [
            ...allPods({}),
            pod('d', {
              ready: false,
              readyChangedAt: now - 9000,
              createdAt: now - 9000,
              owner: 'replicaset/api-2',
            }),
          ],
          events: [
            event(
              'pod/api-d',
              'Unhealthy',
              'Readiness probe failed: dial tcp 10.0.0.9:8080: connect: connection refused',
            ),
          ],
        },
      ),
    },
    {
      name: 'slow answers while the pool is idle',
      picture: dependencyFacts({ probes: slow, metrics: poolRounds({ size: 5, inUse: 0, waiting: 0 }) }),
    },
    {
      name: 'healthy dependencies',
      picture: dependencyFacts(
        {},
        { pods: [...allPods({}), postgresPod()], workloads: [...facts().cluster.workloads, postgres, redis] },
      ),
    },
    {
      name: 'pods that hang when they are asked, and say that they wait for a database',
      picture: dependencyFacts({
        probes: probes({ count: 10, failed: 10, outcome: 'timeout', overMs: 8000 }),
        directReads: letters.flatMap((one) => [read(one, 'timeout'), read(one, 'timeout', 3000)]),
        logSignatures: [{ signature: 'query-timeout', pod: 'api-a', count: 2, lastAt: now - 2000 }],
      }),
    },
    {
      name: 'a rollout that takes all pods away, minutes after a quota refused one and then had room again',
      picture: dependencyFacts(
        {},
        {
          pods: [postgresPod()],
          events: [
            { ...event('replicaset/api-1', 'FailedCreate', 'exceeded quota: pods'), at: now - 300_000 },
            { ...event('replicaset/api-1', 'SuccessfulCreate', 'Created pod: api-c'), at: now - 240_000 },
          ],
        },
      ),
    },
    {
      name: 'a container that was killed from outside, and was started again',
      picture: dependencyFacts(
        {},
        {
          pods: allPods({
            containers: [
              container({
                restartCount: 1,
                lastTermination: { reason: 'Error', exitCode: 137, finishedAt: now - 9000 },
              }),
            ],
          }),
        },
      ),
    },
    {
      name: 'a silent pod that clients no longer meet, on a node that has renewed its lease since',
      picture: dependencyFacts({
        directReads: [
          read('a', 'ok'),
          { ...read('b', 'timeout'), at: now - 18_000 },
          read('b', 'timeout'),
          read('c', 'ok'),
        ],
      }),
    },
    {
      name: 'one silent pod while others answer and its node renews its lease',
      picture: dependencyFacts({
        probes: probes({ count: 30, failed: 9, outcome: 'timeout', overMs: 30_000 }),
        directReads: [read('a', 'ok'), read('b', 'timeout'), read('c', 'ok')],
      }),
    },
  ];

  it.each(harmless)('$name', ({ picture }) => {
    expect(diagnose(picture).map((one) => one.id)).toEqual(['unknown']);
  });
});
