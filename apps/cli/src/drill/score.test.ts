import { describe, expect, it } from 'vitest';
import { outage } from './drill-spec.ts';
import { limitsMs } from './drills.ts';
import { type DrillObservation, score } from './score.ts';

const spec = outage({
  name: 'node-failure',
  title: 'a node freezes',
  fault: 'node-frozen',
  expected: { severity: 'P0', causes: [{ id: 'node-failure' }] },
  healsByItself: true,
});

const perfect: DrillObservation = {
  severity: 'P0',
  tenants: ['t1', 't2'],
  diagnoses: [{ id: 'node-failure', subject: 'node/node-b', confidence: 0.9 }],
  injectedSubject: 'node/node-b',
  detectedAfterMs: 3000,
  pagedAfterMs: 3200,
  evidenceAfterMs: 9000,
  mitigatedAfterMs: 15_000,
  mitigatedBy: 'step',
  recoveredAfterMs: 26_000,
  stable: true,
  incidents: 1,
  pages: 1,
  duplicatePages: 0,
  lostPages: 0,
  approved: true,
  liftedAtLimit: false,
  noStep: null,
  stepsRun: [
    { actionId: 'cordon-node', status: 'succeeded' },
    { actionId: 'drain-node', status: 'succeeded' },
  ],
  clientErrorRatioAfter: 0,
};

const stepsRun = [{ actionId: 'restart-database', status: 'failed' }] as const;

describe('score', () => {
  it('passes a perfect response without a miss', () => {
    expect(score(spec, perfect)).toMatchObject({
      passed: true,
      misses: [],
      diagnosis: 'node-failure',
      subject: 'node/node-b',
    });
  });

  it.each<[string, Partial<DrillObservation>, RegExp]>([
    [
      'late detection',
      { detectedAfterMs: limitsMs.detected + 1 },
      /^detected after 5\.0 s, the bar is 5\.0 s/,
    ],
    ['no detection', { detectedAfterMs: null }, /^never detected/],
    ['late page', { pagedAfterMs: limitsMs.paged + 500 }, /^paged after 6\.5 s/],
    [
      'late evidence',
      { detectedAfterMs: 3000, evidenceAfterMs: 3000 + limitsMs.evidence + 1000 },
      /^evidence complete 16\.0 s after detection, the bar is 15\.0 s/,
    ],
    ['two incidents', { incidents: 2 }, /^2 incidents, expected one/],
    ['wrong severity', { severity: 'P1' }, /^severity P1, expected P0/],
    [
      'wrong cause',
      { diagnoses: [{ id: 'crash-loop', subject: 'node/node-b', confidence: 0.9 }] },
      /^diagnosis crash-loop node\/node-b, expected node-failure of node\/node-b/,
    ],
    [
      'wrong node',
      { diagnoses: [{ id: 'node-failure', subject: 'node/node-a', confidence: 0.9 }] },
      /^diagnosis node-failure node\/node-a, expected node-failure of node\/node-b/,
    ],
    ['no diagnosis', { diagnoses: [] }, /^diagnosis none/],
    ['a lost page', { lostPages: 1 }, /^1 pages lost/],
    ['a page twice', { duplicatePages: 1 }, /sent twice/],
    [
      'healed by the platform although steps were approved',
      { mitigatedBy: 'platform' },
      /^mitigated by platform, expected step/,
    ],
    ['never mitigated', { mitigatedAfterMs: null }, /^never mitigated/],
    ['no recovery', { recoveredAfterMs: null }, /^recovery never verified/],
    ['hold not passed', { stable: false }, /stability watch/],
    ['lifted by the drill', { liftedAtLimit: true }, /lifted by the drill/],
    ['clients still fail', { clientErrorRatioAfter: 0.3 }, /independent client still saw 30 % errors/],
  ])('%s is a miss', (_, change, text) => {
    const card = score(spec, { ...perfect, ...change });
    expect(card.passed).toBe(false);
    expect(card.misses[0]).toMatch(text);
  });

  it('expects the platform to heal a control run', () => {
    expect(score(spec, { ...perfect, approved: false, mitigatedBy: 'platform' }).passed).toBe(true);
    expect(score(spec, { ...perfect, approved: false }).misses).toEqual([
      'mitigated by step, expected platform',
    ]);
  });

  it('expects nothing but a word where the document holds no safe step', () => {
    const unanswered = { ...spec, resolution: 'none' } as const;
    const said = { ...perfect, mitigatedBy: 'drill', stepsRun: [], noStep: 'holds no safe step' } as const;
    expect(score(unanswered, said)).toMatchObject({
      passed: true,
      noStep: 'holds no safe step',
      stepsRun: [],
    });
    expect(score(unanswered, { ...said, noStep: null }).misses).toEqual([
      'nobody was told that the document holds no safe step',
    ]);

    expect(score(unanswered, { ...said, stepsRun }).misses).toEqual([
      'restart-database failed, expected no step',
    ]);
    expect(score({ ...unanswered, tries: ['restart-database'] }, { ...said, stepsRun }).passed).toBe(true);
    expect(score(unanswered, { ...said, stable: false }).misses).toEqual([
      'the stability watch did not pass',
    ]);
  });

  it('takes a step or the platform where either may be first', () => {
    const either = { ...spec, resolution: 'either' } as const;
    expect(score(either, { ...perfect, mitigatedBy: 'platform' }).passed).toBe(true);
    expect(score(either, perfect).passed).toBe(true);
    expect(score(either, { ...perfect, mitigatedBy: 'drill' }).misses).toEqual([
      'mitigated by drill, expected either',
    ]);
  });
});
