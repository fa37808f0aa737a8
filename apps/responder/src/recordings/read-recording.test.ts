import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRecording } from './read-recording.ts';
import { findRecordings, type RecordingFiles } from './recording-files.ts';

const t = '2026-01-01T00:00:00.000Z';
const meta = {
  name: 'made-up',
  kind: 'fault',
  startedAt: t,
  injectedAt: t,
  clearedAt: '2026-01-01T00:01:00.000Z',
  endedAt: '2026-01-01T00:02:00.000Z',
  namespace: 'shop',
  deployment: 'api',
  service: 'api-service',
};
const probe = { t, target: 'data', tenant: 't1', status: 200, ms: 12 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-recording-'));
  write('meta.json', meta);
  for (const name of ['watch', 'probe', 'metrics', 'logs']) write(`${name}.jsonl`);
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, ...rows: object[]): void {
  writeFileSync(join(folder, name), rows.map((row) => JSON.stringify(row)).join('\n'));
}

function files(): RecordingFiles {
  const [found] = findRecordings(folder);
  if (found === undefined) throw new Error('no recording');
  return found;
}

describe('a recording', () => {
  it('gives probes in the order of their end, and takes an unknown error for a refusal', () => {
    write(
      'probe.jsonl',
      { ...probe, ms: 900 },
      { t, target: 'data', tenant: null, error: 'ECONNRESET', ms: 5 },
    );
    expect(readRecording(files()).probes).toMatchObject([
      { outcome: 'refused', status: null, tenant: null, durationMs: 5 },
      { outcome: 'ok', status: 200, tenant: 't1', durationMs: 900 },
    ]);
  });

  it('takes labels and dependencies of its own', () => {
    write('meta.json', { ...meta, podLabels: { role: 'front' }, dependencies: ['statefulset/mysql'] });
    expect(readRecording(files())).toMatchObject({
      podLabels: { role: 'front' },
      dependencies: ['statefulset/mysql'],
    });
    write('meta.json', meta);
    expect(readRecording(files()).podLabels).toEqual({ app: 'api' });
  });
});

describe('what cannot be used is named with file, line, value and what was expected', () => {
  it.each<[string, string, object[], string]>([
    [
      'a time',
      'probe.jsonl',
      [probe, { ...probe, t: 'noon' }],
      'probe.jsonl:2: t: "noon"; expected an instant',
    ],
    [
      'no end of a request',
      'probe.jsonl',
      [{ t, target: 'data', ms: 1 }],
      'probe.jsonl:1: status: missing; expected a status or an error',
    ],
    [
      'a value',
      'metrics.jsonl',
      [{ t, pod: 'a', name: 'up', value: 'yes' }],
      'metrics.jsonl:1: value: "yes"; ',
    ],
    [
      'an event',
      'watch.jsonl',
      [{ t, resource: 'pods', type: 'GONE', object: { metadata: { name: 'a' } } }],
      'watch.jsonl:1: type: "GONE"; ',
    ],
    [
      'a nameless object',
      'watch.jsonl',
      [{ t, resource: 'pods', type: 'ADDED', object: {} }],
      'watch.jsonl:1: object.metadata: missing; ',
    ],
    ['no deployment', 'meta.json', [{ ...meta, deployment: undefined }], 'meta.json: deployment: missing; '],
    [
      'times in disorder',
      'meta.json',
      [{ ...meta, clearedAt: '2025-12-31T00:00:00Z' }],
      'meta.json: clearedAt: 2025-12-31T00:00:00.000Z is before injectedAt; ',
    ],
  ])('%s', (_, name, rows, message) => {
    write(name, ...rows);
    expect(() => readRecording(files())).toThrow(`${folder}/${message}`);
  });

  it('text that is no JSON, a file that is missing, a folder without recordings', () => {
    writeFileSync(join(folder, 'logs.jsonl'), 'oops');
    expect(() => readRecording(files())).toThrow(
      `${folder}/logs.jsonl:1: "oops" is not JSON; expected one JSON object`,
    );
    rmSync(join(folder, 'logs.jsonl'));
    expect(() => readRecording(files())).toThrow(`${folder}/logs.jsonl: missing; expected`);
    rmSync(join(folder, 'meta.json'));
    expect(() => findRecordings(folder)).toThrow(
      `${folder}: holds no recording; expected a folder with meta.json`,
    );
    expect(() => findRecordings(join(folder, 'none'))).toThrow('none: does not exist; expected');
  });
});
