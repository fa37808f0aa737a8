import { expect, it } from 'vitest';
import { facts, now, pod, probes } from '../../test/facts/build-facts.ts';
import { container, dependencyFacts, event, lines } from '../../test/facts/build-outages.ts';
import type { Facts, ServiceFact } from '#facts';
import { diagnose } from './diagnose.ts';

const letters = ['a', 'b', 'c'];
const failing = probes({ count: 30, failed: 30, overMs: 30_000 });
const apiService = facts().cluster.services[0] as ServiceFact;
const unready = { ready: false, readyChangedAt: now - 40_000 };
const allPods = (changes: Parameters<typeof pod>[1]) => letters.map((letter) => pod(letter, changes));

interface Case {
  readonly name: string;
  readonly picture: Facts;
  readonly named: readonly string[];
}

/** Each as the Kubernetes documentation, or the documentation of the tool that speaks, describes it. */
const causes: readonly Case[] = [
  {
    name: 'a Secret that is not there',
    picture: dependencyFacts(
      { probes: failing, directReads: [] },
      {
        pods: allPods({
          ...unready,
          phase: 'Pending',
          containers: [
            container({
              state: 'waiting',
              reason: 'CreateContainerConfigError',
              message: 'secret "api-db" not found',
            }),
          ],
        }),
      },
    ),
    named: ['config-missing deployment/api'],
  },
  {
    name: 'a ConfigMap that cannot be mounted',
    picture: dependencyFacts(
      { directReads: [] },
      {
        pods: [
          pod('a'),
          pod('b', {
            ...unready,
            phase: 'Pending',
            containers: [container({ state: 'waiting', reason: 'ContainerCreating' })],
          }),
        ],
        events: [
          event(
            'pod/api-b',
            'FailedMount',
            'MountVolume.SetUp failed for volume "config" : configmap "api-config" not found',
          ),
        ],
      },
    ),
    named: ['config-missing deployment/api'],
  },
  {
    name: 'an image that cannot be pulled, all pods gone',
    picture: dependencyFacts(
      { probes: failing, directReads: [] },
      {
        endpoints: [],
        pods: allPods({
          ...unready,
          phase: 'Pending',
          containers: [container({ state: 'waiting', reason: 'ImagePullBackOff' })],
        }),
      },
    ),
    named: ['image-pull-failure deployment/api'],
  },
  {
    name: 'a liveness probe that kills, the container in back-off',
    picture: dependencyFacts(
      { probes: failing },
      {
        pods: allPods({
          ...unready,
          containers: [
            container({
              state: 'waiting',
              reason: 'CrashLoopBackOff',
              restartCount: 3,
              lastTermination: { reason: 'Error', exitCode: 137, finishedAt: now - 9000 },
            }),
          ],
        }),
        events: letters.map((letter) =>
          event(`pod/api-${letter}`, 'Killing', 'Container api failed liveness probe, will be restarted'),
        ),
      },
    ),
    named: ['liveness-too-eager deployment/api'],
  },
  {
    name: 'a command that ends well and is started again and again',
    picture: dependencyFacts(
      { probes: failing, directReads: [] },
      {
        pods: allPods({
          ...unready,
          containers: [
            container({
              state: 'waiting',
              reason: 'CrashLoopBackOff',
              restartCount: 4,
              lastTermination: { reason: 'Completed', exitCode: 0, finishedAt: now - 9000 },
            }),
          ],
        }),
      },
    ),
    named: ['crash-loop deployment/api'],
  },
  {
    name: 'a Service that sends to a port that nobody declares',
    picture: dependencyFacts(
      { probes: failing },
      {
        pods: allPods({ containers: [container({ ports: [8080], portNames: ['http'] })] }),
        services: [{ ...apiService, targetPorts: [9090] }],
      },
    ),
    named: ['port-mismatch service/api-service'],
  },
  {
    name: 'a Service that names a port that no container has',
    picture: dependencyFacts(
      { probes: failing },
      {
        pods: allPods({ containers: [container({ ports: [8080], portNames: ['http'] })] }),
        services: [{ ...apiService, targetPorts: [], targetPortNames: ['web'] }],
      },
    ),
    named: ['port-mismatch service/api-service'],
  },
  {
    name: "a database's Service that selects nothing",
    picture: dependencyFacts(
      { probes: failing, logSignatures: lines('refused:10.1.0.20:5432') },
      {
        services: dependencyFacts().cluster.services.map((one) =>
          one.name === 'postgres-service' ? { ...one, selector: { app: 'postgresql' } } : one,
        ),
        endpoints: facts().cluster.endpoints,
      },
    ),
    named: ['selector-mismatch service/postgres-service'],
  },
  {
    name: 'a quota that leaves no room for a pod',
    picture: dependencyFacts(
      { probes: failing, directReads: [] },
      {
        pods: [],
        endpoints: [],
        workloads: dependencyFacts().cluster.workloads.map((one) =>
          one.name === 'api' ? { ...one, readyReplicas: 0, updatedReplicas: 0 } : one,
        ),
        events: [
          event(
            'replicaset/api-7d5',
            'FailedCreate',
            'Error creating: pods "api-7d5-x" is forbidden: exceeded quota: small',
            240_000,
          ),
        ],
      },
    ),
    named: ['quota-exceeded deployment/api'],
  },
  {
    name: 'pods that ask for more than any node has',
    picture: dependencyFacts(
      { probes: failing, directReads: [] },
      {
        pods: allPods({
          ...unready,
          nodeName: null,
          phase: 'Pending',
          unschedulable: true,
          message: '0/3 nodes are available: 3 Insufficient cpu.',
        }),
      },
    ),
    named: ['unschedulable deployment/api'],
  },
  {
    name: 'a readiness probe that asks the wrong port',
    picture: dependencyFacts(
      { probes: failing },
      {
        pods: allPods(unready),
        events: letters.map((letter) =>
          event(
            `pod/api-${letter}`,
            'Unhealthy',
            'Readiness probe failed: Get "http://10.0.0.9:9090/ready": dial tcp 10.0.0.9:9090: connect: connection refused',
          ),
        ),
      },
    ),
    named: ['readiness-failing deployment/api'],
  },
  {
    name: 'a rollout whose new pod does not become ready, with the reason unknown',
    picture: dependencyFacts(
      {},
      {
        pods: [
          ...allPods({}),
          pod('d', {
            ready: false,
            readyChangedAt: now - 120_000,
            createdAt: now - 120_000,
            owner: 'replicaset/api-2',
          }),
        ],
      },
    ),
    named: ['rollout-stuck deployment/api'],
  },
];

it.each(causes)('$name: named, with its subject and nothing else', ({ picture, named }) => {
  const found = diagnose(picture).map((one) => `${one.id} ${one.subject}`);
  expect(found.toSorted()).toEqual(named);
});
