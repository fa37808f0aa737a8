import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeRecording, standardThresholds } from './judge-recording.ts';
import { readPackedRecording, readRecording, type Recording } from './read-recording.ts';

const packed = new URL('../fixtures/recordings/', import.meta.url).pathname;
/** The full set of recordings, where it lies beside the repository. */
const full = new URL('../../../../../shared/recordings/dev/', import.meta.url).pathname;

const recordings: readonly Recording[] = [
  ...readdirSync(packed).map((file) => readPackedRecording(packed + file)),
  ...(existsSync(full) ? readdirSync(full).map((folder) => readRecording(full + folder)) : []),
];

describe.each(recordings.map((recording) => ({ name: recording.name, recording })))(
  '$name',
  ({ recording }) => {
    const judged = judgeRecording(recording);
    const { expected } = recording.meta;

    it('opens on an outage, with a severity that holds, and stays silent otherwise', () => {
      const alsoRight = expected.outage ? (expected.severityAlsoDefensible ?? []) : [];
      expect([expected.severity, ...alsoRight]).toContain(judged.worstSeverity);
      expect(judged.confirmedAfterS === null).toBe(!expected.outage);
      expect(judged.confirmedAfterS ?? 0).toBeLessThan(20);
    });

    it('names the cause and nothing else', () => {
      const wanted = expected.causes.map((cause) => `${cause.diagnosis} ${cause.subject}`);
      expect([...judged.causes.keys()]).toEqual(wanted);
    });

    it('speaks of every fault and of no control', () => {
      expect(judged.notices.length + judged.reason.length > 0).toBe(recording.kind === 'fault');
    });

    it('says that the service is back only after the fault was lifted', () => {
      expect(judged.restoredAfterS).toBeGreaterThan((recording.clearedAt - recording.injectedAt) / 1000);
    });
  },
);

describe('the document decides', () => {
  const crash = readPackedRecording(`${packed}crash-loop-bad-command.json.gz`);

  it('does not page on errors when it names no detector of them', () => {
    const judged = judgeRecording(crash, {
      ...standardThresholds,
      errorRatio: null,
      latency: null,
      kinds: new Set(['crash-loop']),
    });
    expect(judged.confirmedAfterS).toBeNull();
  });
});
