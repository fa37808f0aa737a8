import { describe, expect, test } from 'vitest';
import type { ContainerState, ContainerStatus, Pod } from '#store';
import { humanDuration } from './durations.ts';
import { tableOf } from './table-of.ts';

const nowMs = Date.parse('2026-11-23T09:32:01Z');

function status(ready: boolean, state: ContainerState, more: Partial<ContainerStatus> = {}): ContainerStatus {
  return { name: 'api', image: 'i', imageID: 'i', ready, restartCount: 0, state, ...more };
}

function pod(podStatus: Pod['status'], metadata: Partial<Pod['metadata']> = {}): Pod {
  const containers = [{ name: 'api', image: 'i' }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', creationTimestamp: '2026-11-23T09:30:53Z', ...metadata },
    spec: { containers },
    status: podStatus,
  };
}

function row(object: Pod): unknown[] {
  const table = tableOf([object], '1', { kind: 'Pod', include: 'None', nowMs }) as {
    rows: { cells: unknown[] }[];
  };
  return table.rows[0]?.cells.slice(1, 5) ?? [];
}

const running = { running: { startedAt: '2026-11-23T09:31:30Z' } };
const phase = 'Running';

describe('the status of a pod reads as kubectl has it', () => {
  // The cells of a recorded table in the midst of an out-of-memory outage: `0/1 OOMKilled 2 (37s ago) 68s`.
  test('killed for its memory, after restarts', () => {
    const lastState = {
      terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: '2026-11-23T09:31:24Z' },
    };
    const state = { terminated: { exitCode: 137, reason: 'OOMKilled' } };
    expect(
      row(pod({ phase, containerStatuses: [status(false, state, { restartCount: 2, lastState })] })),
    ).toEqual(['0/1', 'OOMKilled', '2 (37s ago)', '68s']);
  });

  test.each([
    ['Pending', '0/1', pod({ phase: 'Pending' })],
    [
      'ContainerCreating',
      '0/1',
      pod({
        phase: 'Pending',
        containerStatuses: [status(false, { waiting: { reason: 'ContainerCreating' } })],
      }),
    ],
    [
      'CrashLoopBackOff',
      '0/1',
      pod({ phase, containerStatuses: [status(false, { waiting: { reason: 'CrashLoopBackOff' } })] }),
    ],
    ['Running', '0/1', pod({ phase, containerStatuses: [status(false, running)] })],
    ['Running', '1/1', pod({ phase, containerStatuses: [status(true, running)] })],
    [
      'Error',
      '0/1',
      pod({ phase, containerStatuses: [status(false, { terminated: { exitCode: 1, reason: 'Error' } })] }),
    ],
    [
      'ExitCode:3',
      '0/1',
      pod({ phase, containerStatuses: [status(false, { terminated: { exitCode: 3 } })] }),
    ],
    ['Evicted', '0/1', pod({ phase: 'Failed', reason: 'Evicted' })],
    [
      'Completed',
      '0/1',
      pod({
        phase: 'Succeeded',
        containerStatuses: [status(false, { terminated: { exitCode: 0, reason: 'Completed' } })],
      }),
    ],
    [
      'Terminating',
      '1/1',
      pod(
        { phase, containerStatuses: [status(true, running)] },
        { deletionTimestamp: '2026-11-23T09:32:31Z' },
      ),
    ],
  ])('%s %s', (word, ready, object) => {
    expect(row(object).slice(0, 2)).toEqual([ready, word]);
  });
});

// The forms that the recorded tables show: 45s, 119s never above, 3m53s, 13m, 84m, 96m.
test('ages are written as kubectl writes them', () => {
  const second = 1000;
  const minute = 60 * second;
  const hour = 60 * minute;
  const day = 24 * hour;
  const ages: [number, string][] = [
    [-5 * second, '<invalid>'],
    [0, '0s'],
    [119 * second, '119s'],
    [2 * minute, '2m'],
    [233 * second, '3m53s'],
    [13 * minute, '13m'],
    [96 * minute, '96m'],
    [185 * minute, '3h5m'],
    [30 * hour, '30h'],
    [50 * hour, '2d2h'],
    [9 * day, '9d'],
    [800 * day, '2y70d'],
    [3000 * day, '8y'],
  ];
  for (const [ms, text] of ages) expect(humanDuration(ms)).toBe(text);
});
