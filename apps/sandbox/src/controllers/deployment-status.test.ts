import type { Deployment, ReplicaSet } from '#store';
import { describe, expect, it } from 'vitest';
import { deadlineLeftMs, deploymentStatus } from './deployment-status.ts';

const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}Z`;
const deployment = (status: Deployment['status'] = {}): Deployment => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'api', generation: 2 },
  spec: { replicas: 3, progressDeadlineSeconds: 10, selector: {}, template: { spec: { containers: [] } } },
  status,
});
const set = (name: string, replicas: number, available: number): ReplicaSet => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name },
  spec: { selector: {}, template: { spec: { containers: [] } } },
  status: { replicas, readyReplicas: available, availableReplicas: available },
});

/** Runs one pass after another, each seeing the status of the one before. */
function follow(passes: [second: number, current: [number, number], old: [number, number]][]): string[] {
  let status: Deployment['status'];
  return passes.map(([second, current, old], i) => {
    const sets = [set('old', ...old), set('new', ...current)] as const;
    const facts = { deployment: deployment(status), current: sets[1], all: sets, minAvailable: 3 };
    status = deploymentStatus({ ...facts, now: at(second), created: i === 0 });
    return (status?.conditions ?? []).map(({ status: value, reason }) => `${reason}=${value}`).join(' ');
  });
}

describe('deploymentStatus', () => {
  it('follows a rollout to its end, and stays there when a pod dies', () => {
    expect(
      follow([
        [0, [0, 0], [3, 3]],
        [1, [1, 0], [3, 3]],
        [5, [3, 3], [0, 0]],
        [30, [3, 2], [0, 0]],
      ]),
    ).toEqual([
      'NewReplicaSetCreated=True MinimumReplicasAvailable=True',
      'ReplicaSetUpdated=True MinimumReplicasAvailable=True',
      'NewReplicaSetAvailable=True MinimumReplicasAvailable=True',
      'NewReplicaSetAvailable=True MinimumReplicasUnavailable=False',
    ]);
  });

  it('times out when nothing moves for the deadline', () => {
    const passes = follow([
      [0, [1, 0], [3, 3]],
      [2, [1, 0], [3, 3]],
      [20, [1, 0], [3, 3]],
    ]);
    expect(passes.at(-1)).toBe('ProgressDeadlineExceeded=False MinimumReplicasAvailable=True');
  });

  it('counts the deadline from the last progress', () => {
    const progressing = {
      type: 'Progressing',
      status: 'True',
      reason: 'ReplicaSetUpdated',
      lastUpdateTime: at(5),
    } as const;
    expect(deadlineLeftMs(deployment({ conditions: [progressing] }), at(8))).toBe(7_000);
    expect(deadlineLeftMs(deployment(), at(8))).toBe(Number.POSITIVE_INFINITY);
  });
});
