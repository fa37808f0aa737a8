import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { facts, now } from '../../../test/facts/build-facts.ts';
import { check } from '../../../test/facts/build-told.ts';
import { standardThresholds } from '../../../test/standard-thresholds.ts';
import { assess, emptyMemory } from '#detection';
import { findRecordings } from '../recording-files.ts';
import { readRecording } from '../read-recording.ts';
import { replayFacts } from '../replay-facts.ts';
import { recordFacts } from './record-facts.ts';
import { openRecording } from './recording-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-record-facts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const iso = (at: number): string => new Date(at).toISOString();

it('keeps every check and every answer of Prometheus once, and a replay sees them when they had ended', async () => {
  const older = check({ at: now - 6000, values: { connections: 9, connectionSlots: 57 } });
  const newer = check({ at: now - 1000, outcome: 'rejected', detail: '53300: full', durationMs: 40 });
  const writer = openRecording(folder);
  const query = {
    at: now - 2000,
    expression: 'up == 0',
    problem: null,
    series: [{ labels: 'up{pod="a"}', value: 0 }],
  };
  const seenNow = facts({ checks: [newer, older], queries: [query] });
  const { assessment } = assess(seenNow, standardThresholds, emptyMemory);
  const recording = recordFacts({ current: () => ({ facts: seenNow, assessment }) }, writer);
  recording.stop();
  recording.stop();
  await writer.close();
  const times = {
    startedAt: iso(now - 10_000),
    injectedAt: iso(now),
    clearedAt: iso(now),
    endedAt: iso(now),
  };
  const names = {
    name: 'x',
    kind: 'control',
    namespace: 'platform',
    deployment: 'api',
    service: 'api-service',
  };
  writeFileSync(join(folder, 'meta.json'), JSON.stringify({ ...names, ...times }));
  const [found] = findRecordings(folder);
  if (found === undefined) throw new Error('no recording');
  const read = readRecording(found);
  expect(read.checks).toEqual([older, newer]);
  expect(read.queries).toEqual([query]);
  const seen = [...replayFacts(read)].map((one) => ({
    at: one.at,
    checks: one.checks,
    queries: one.queries,
  }));
  expect(seen.at(-1)?.checks).toEqual([newer, older]);
  expect(seen.find((one) => one.queries?.length === 1)?.queries).toEqual([query]);
  expect(seen.find((one) => one.checks.length === 2)?.at).toBeGreaterThanOrEqual(now - 960);
});
