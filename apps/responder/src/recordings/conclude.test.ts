import { describe, expect, it } from 'vitest';
import { keptRecording } from '../../test/recordings.ts';
import { standardThresholds } from '../../test/standard-thresholds.ts';
import { conclude } from './conclude.ts';
import type { Recording } from './recording.ts';

const crash = keptRecording('crash-loop-bad-command');

/** The same outage twice, one after the other. */
function twice(recording: Recording, gapMs: number): Recording {
  const by = recording.endedAt - recording.startedAt + gapMs;
  const later = <T extends { readonly at: number }>(rows: readonly T[]): readonly T[] => [
    ...rows,
    ...rows.map((row) => ({ ...row, at: row.at + by })),
  ];
  const probes = recording.probes.map((one) => ({
    ...one,
    startedAt: one.startedAt + by,
    endedAt: one.endedAt + by,
  }));
  return {
    ...recording,
    endedAt: recording.endedAt + by,
    watch: later(recording.watch),
    metrics: later(recording.metrics),
    logs: later(recording.logs),
    probes: [...recording.probes, ...probes],
  };
}

describe('what is concluded', () => {
  it('is one incident while the stability watch has not passed, and two after it', () => {
    const recording = twice(crash, 1000);
    expect(conclude(recording, standardThresholds, { holdMs: 15 * 60_000 }).incidents).toHaveLength(1);
    expect(conclude(recording, standardThresholds, { holdMs: 5000 }).incidents).toHaveLength(2);
  });

  it('names tenants that were harmed, and when all was green again', () => {
    const [incident] = conclude(crash, standardThresholds).incidents;
    expect(incident).toMatchObject({ severity: 'P0', tenants: ['t1', 't2', 't3', 't4', 't5'] });
    expect(incident?.restoredAt).toBeGreaterThan(crash.clearedAt);
  });
});
