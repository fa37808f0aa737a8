import { describe, expect, it } from 'vitest';
import { calibrate } from './calibration.ts';
import type { ReplayReport } from './replay-report.ts';
import { type Expectation, scoreReplay } from './score-replay.ts';

const cause = (id: string, subject: string, confidence = 0.9, saidAfterInjectionMs = 5000) => ({
  id,
  subject,
  confidence,
  for: [],
  against: [],
  saidAfterInjectionMs,
});
const incident: ReplayReport['incidents'][number] = {
  openedAt: '2026-01-01T00:00:05.000Z',
  detectedAfterMs: 3000,
  detectedAfterInjectionMs: 5000,
  severity: 'P0',
  severityReason: 'all tenants',
  tenants: ['t1', 't2'],
  diagnosis: 'crash-loop',
  subject: 'deployment/api',
  confidence: 0.9,
  diagnoses: [cause('crash-loop', 'deployment/api')],
  dropped: [],
  restoredAfterInjectionMs: null,
};
const report: ReplayReport = { recording: 'x', kind: 'fault', incidents: [incident], notices: [] };
const expectation: Expectation = {
  injectedAt: 0,
  clearedAt: 60_000,
  tenants: ['t1', 't2'],
  expected: {
    outage: true,
    severity: 'P0',
    severityAlsoDefensible: ['P1'],
    tenants: 'all',
    causes: [{ diagnosis: 'crash-loop', subject: 'deployment/api' }],
    causesAlsoDefensible: ['rollout-stuck'],
  },
};
const calm: Expectation = {
  ...expectation,
  expected: {
    ...expectation.expected,
    outage: false,
    severity: null,
    severityAlsoDefensible: [],
    causes: [],
  },
};

function misses(change: Partial<typeof incident> | null, against: Expectation = expectation) {
  const incidents = change === null ? [] : [{ ...incident, ...change }];
  return scoreReplay({ ...report, incidents }, against).misses;
}

const dropped = (confidence: number) => [cause('quota-exceeded', 'deployment/api', confidence)];

describe('score of a replay', () => {
  it('takes the right answer, and a severity that is defensible too', () => {
    expect(misses({})).toEqual([]);
    expect(misses({ severity: 'P1' })).toEqual([]);
  });

  it.each<[string, Partial<typeof incident> | null, RegExp]>([
    ['severity', { severity: 'P2' }, /^severity P2: all tenants; expected P0 or P1/],
    ['tenants', { tenants: ['t1'] }, /^tenants t1, expected t1 t2/],
    ['too early', { detectedAfterInjectionMs: -1 }, /before the injection/],
  ])('%s', (_, change, text) => expect(misses(change)).toEqual([expect.stringMatching(text)]));

  it('misses what was never said, and what was surely said and given up; a guess that was given up only counts', () => {
    expect(misses({ diagnoses: [], dropped: dropped(0.85) })).toEqual([
      'never named crash-loop of deployment/api for long',
      'named quota-exceeded of deployment/api (0.85), which was not the cause',
    ]);
    const guessed = { ...report, incidents: [{ ...incident, dropped: dropped(0.7) }] };
    expect(scoreReplay(guessed, expectation)).toMatchObject({
      passed: true,
      claims: [{ right: true }, { id: 'quota-exceeded', stood: false, right: false }],
    });
  });

  it('takes a cause that can be argued too', () => {
    const also = cause('rollout-stuck', 'deployment/api');
    expect(misses({ diagnoses: [...incident.diagnoses, also] })).toEqual([]);
  });

  it('passes over what is said after the fault was lifted', () => {
    const late = cause('readiness-failing', 'deployment/api', 0.6, 61_000);
    expect(misses({ diagnoses: [...incident.diagnoses, late] })).toEqual([]);
  });

  it('counts a page on a control as a miss', () => {
    expect(misses({ diagnoses: [] }, calm)).toEqual([expect.stringMatching(/^a page nobody needed: P0/)]);
    expect(misses(null, calm)).toEqual([]);
    expect(misses(null)).toEqual([
      'no incident, expected P0 or P1',
      'never named crash-loop of deployment/api for long',
    ]);
  });
});

const claim = (confidence: number, right: boolean) => ({
  id: 'a',
  subject: 'b',
  confidence,
  right,
  stood: true,
});

it('calibrates: of those said so surely, so many were right', () => {
  expect(calibrate([claim(0.97, true), claim(0.9, false), claim(0.89, true)]).slice(0, 2)).toEqual([
    { from: 0.9, said: 2, right: 1 },
    { from: 0.8, said: 1, right: 1 },
  ]);
});
