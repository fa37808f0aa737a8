import { describe, expect, it } from 'vitest';
import { control, outage } from './drill-spec.ts';
import { limitsMs } from './drills.ts';
import type { DrillObservation } from './score.ts';
import { scoreSeeing, type SeeingInput } from './score-seeing.ts';
import { emptySighting } from './sighting.ts';

const node = outage({
  name: 'node-failure',
  title: 'a node freezes',
  expected: { severity: 'P0', alsoDefensible: ['P1'], causes: [{ id: 'node-failure' }] },
});
const cache = outage({
  name: 'redis-down',
  title: 'no cache',
  expected: { severity: null, alsoDefensible: ['P2'], causes: [{ id: 'dependency-down' }] },
  harmsAtOnce: false,
});
const rollout = control({ name: 'rollout', title: 'a rollout', fault: 'control:rollout' });

const named = [{ id: 'node-failure', subject: 'node/b', confidence: 0.9 }];
const seen: DrillObservation = {
  severity: 'P0',
  tenants: ['t1'],
  diagnoses: named,
  injectedSubject: 'node/b',
  detectedAfterMs: 3000,
  pagedAfterMs: 3200,
  evidenceAfterMs: null,
  mitigatedAfterMs: null,
  mitigatedBy: null,
  recoveredAfterMs: null,
  stable: true,
  incidents: 1,
  pages: 1,
  duplicatePages: 0,
  lostPages: 0,
  approved: false,
  liftedAtLimit: false,
  noStep: null,
  stepsRun: [],
  clientErrorRatioAfter: null,
};
const silent = { ...seen, severity: null, incidents: 0, detectedAfterMs: null, pagedAfterMs: null, pages: 0 };
const input: SeeingInput = {
  sighting: { ...emptySighting('node/b'), named },
  observation: seen,
  harmAfterMs: 200,
  overAfterLiftMs: 9000,
};

function misses(spec: typeof node, observation: Partial<DrillObservation>, rest: Partial<SeeingInput> = {}) {
  return scoreSeeing(spec, { ...input, ...rest, observation: { ...seen, ...observation } }).misses;
}

const nothing = { sighting: emptySighting('node/b'), overAfterLiftMs: null };

describe('score of seeing', () => {
  it('passes what was seen rightly, also with a severity that can be argued', () => {
    expect(scoreSeeing(node, input)).toMatchObject({
      passed: true,
      drill: 'node-failure',
      expected: { severity: 'P0', causes: ['node-failure'] },
      diagnosis: 'node-failure',
      confidence: 0.9,
    });
    expect(misses(node, { severity: 'P1' })).toEqual([]);
  });

  it.each<[string, Partial<DrillObservation>, RegExp]>([
    ['severity', { severity: 'P2' }, /^severity P2/],
    ['late detection', { detectedAfterMs: limitsMs.detected + 100 }, /^detected after 5\.1 s, the bar/],
    ['late page', { pagedAfterMs: limitsMs.paged + 100 }, /^paged after 6\.1 s, the bar/],
    ['no page', { pagedAfterMs: null }, /^never paged/],
    ['two incidents', { incidents: 2 }, /^2 incidents/],
    ['a lost page', { lostPages: 1 }, /^1 pages lost/],
    ['no detection', silent, /^never detected, expected P0/],
  ])('%s is a miss', (_, change, text) =>
    expect(misses(node, change)).toEqual([expect.stringMatching(text)]),
  );

  it('counts a surely said wrong cause, although it was given up', () => {
    const said = [
      { id: 'crash-loop', subject: 'x', confidence: 0.95, firstAfterMs: 1000, lastAfterMs: 3000 },
    ];
    expect(misses(node, {}, { sighting: { ...input.sighting, said } })).toEqual([
      'said crash-loop of x (0.95) for 2.0 s, which is not the cause',
    ]);
  });

  it('wants a verified recovery', () => {
    expect(misses(node, {}, { overAfterLiftMs: null })).toEqual([
      expect.stringMatching(/recovery was not verified/),
    ]);
  });

  it('wants a notice where nobody is harmed, and no page; the argued severity is none', () => {
    const notice = { afterMs: 9000, reason: 'no cache' };
    const sighting = { ...emptySighting('deployment/redis'), notice };
    const right = [{ id: 'dependency-down', subject: 'deployment/redis', confidence: 0.9 }];
    const rest = { sighting: { ...sighting, named: right }, overAfterLiftMs: null };
    expect(misses(cache, silent, rest)).toEqual([]);
    expect(misses(cache, silent, { ...rest, sighting: { ...rest.sighting, notice: null } })).toEqual([
      'not even a notice',
    ]);
    expect(misses(cache, { severity: 'P2' }, { ...rest, overAfterLiftMs: 1 })).toEqual([]);
    expect(misses(cache, { severity: 'P0' }, { ...rest, overAfterLiftMs: 1 })).toEqual([
      expect.stringMatching(/^a page nobody needed/),
    ]);
  });

  it('wants silence of a control: no page and no cause', () => {
    expect(misses(rollout, silent, nothing)).toEqual([]);
    expect(misses(rollout, { severity: 'P2' }, { ...nothing, overAfterLiftMs: 1 })).toHaveLength(1);
    expect(misses(rollout, silent, { overAfterLiftMs: null })).toEqual([
      'named node-failure of node/b (0.90), which is not the cause',
    ]);
  });
});
