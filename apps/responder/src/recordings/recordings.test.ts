import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keptRecording, packedRecordings } from '../../test/recordings.ts';
import { standardThresholds } from '../../test/standard-thresholds.ts';
import { conclude } from './conclude.ts';
import { readRecording } from './read-recording.ts';
import { findRecordings } from './recording-files.ts';
import { reportOf } from './replay-report.ts';
import { readExpectation, scoreReplay } from './score-replay.ts';

/** The full set of recordings, where it lies beside the repository. */
const full = new URL('../../../../../shared/recordings/dev/', import.meta.url).pathname;
const recordings = [packedRecordings, ...(existsSync(full) ? [full] : [])]
  .flatMap(findRecordings)
  .map((files) => ({ name: files.place('meta.json'), files }));

describe.each(recordings)('$name', ({ files }) => {
  const recording = readRecording(files);
  const report = reportOf(recording, conclude(recording, standardThresholds));
  const expectation = readExpectation(files);

  it('is judged as a perfect responder would: severity, tenants, causes, silence', () => {
    expect(expectation && scoreReplay(report, expectation).misses).toEqual([]);
  });

  it('speaks of every fault and of no control', () => {
    expect(report.incidents.length + report.notices.length > 0).toBe(recording.kind === 'fault');
  });

  it('opens soon, and says that the service is back only after the fault was lifted', () => {
    for (const one of report.incidents) {
      expect(one.detectedAfterInjectionMs).toBeLessThan(20_000);
      expect(one.restoredAfterInjectionMs).toBeGreaterThan(recording.clearedAt - recording.injectedAt);
    }
  });
});

describe('the document decides', () => {
  it('does not page on errors when it names no detector of them', () => {
    const thresholds = { ...standardThresholds, errorRatio: null, latency: null, kinds: new Set([]) };
    expect(conclude(keptRecording('crash-loop-bad-command'), thresholds).incidents).toEqual([]);
  });
});
