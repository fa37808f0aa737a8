import type { ContainerState, Pod } from '#store';
import { describe, expect, it } from 'vitest';
import { newContainerRecord, type ContainerRecord } from './container-record.ts';
import { podStatus } from './pod-status.ts';

const pod = (
  restartPolicy: 'Always' | 'OnFailure' | 'Never' = 'Always',
  status: Pod['status'] = {},
): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'platform' },
  spec: { containers: [], restartPolicy },
  status,
});

const container = (state: ContainerState, more: Partial<ContainerRecord> = {}): ContainerRecord => ({
  ...newContainerRecord('api', 'tocsin/multitenant-api:0.1.0'),
  containerId: 'containerd://1',
  state,
  ...more,
});

const ended = (exitCode: number): ContainerState => ({ terminated: { exitCode } });
const statusOf = (subject: Pod, containers: ContainerRecord[], now = '2026-01-01T00:00:05Z') =>
  podStatus({ pod: subject, containers, podIp: '127.20.1.3', nodeIp: '127.20.0.11', now });

describe('phase', () => {
  it.each([
    ['Always', { waiting: { reason: 'ContainerCreating' } }, {}, 'Pending'],
    ['Always', { running: {} }, {}, 'Running'],
    ['Always', { waiting: { reason: 'CrashLoopBackOff' } }, ended(1), 'Running'],
    ['Always', ended(1), {}, 'Running'],
    ['Never', ended(0), {}, 'Succeeded'],
    ['Never', ended(3), {}, 'Failed'],
    ['OnFailure', ended(3), {}, 'Running'],
    ['OnFailure', ended(0), {}, 'Succeeded'],
  ] as const)('%s, %o after %o is %s', (policy, state, lastState, phase) => {
    expect(statusOf(pod(policy), [container(state, { lastState })]).phase).toBe(phase);
  });
});

const conditions = (status: ReturnType<typeof statusOf>) =>
  Object.fromEntries((status.conditions ?? []).map((condition) => [condition.type, condition]));

describe('conditions', () => {
  it('names the containers that are not ready', () => {
    const { Ready, Initialized } = conditions(statusOf(pod(), [container({ running: {} })]));
    expect(Ready).toMatchObject({ status: 'False', reason: 'ContainersNotReady' });
    expect(Ready?.message).toBe('containers with unready status: [api]');
    expect(Initialized?.status).toBe('True');
  });

  it('keeps the time of transition while a status stays, and the conditions of others', () => {
    const first = statusOf(pod(), [container({ running: {} }, { ready: true })]);
    const disrupted = { type: 'DisruptionTarget', status: 'True' } as const;
    const later = pod('Always', { ...first, conditions: [...(first.conditions ?? []), disrupted] });
    const second = conditions(statusOf(later, [container({ running: {} })], '2026-01-01T00:01:00Z'));
    expect(second['Ready']?.lastTransitionTime).toBe('2026-01-01T00:01:00Z');
    expect(second['PodScheduled']?.lastTransitionTime).toBe('2026-01-01T00:00:05Z');
    expect(second['DisruptionTarget']?.status).toBe('True');
  });
});
