import type { IncidentView } from '@tocsin/contract';
import { describe, expect, it } from 'vitest';
import { observe, type ObserveInput } from './observe.ts';

const at = (ms: number): string => new Date(ms).toISOString();

const incident = {
  worstSeverity: 'P0',
  diagnoses: [{ id: 'node-failure', subject: 'node/node-b', confidence: 0.9 }],
  times: {
    detectedAt: at(4000),
    evidenceCompleteAt: at(9000),
    mitigatedAt: at(10_000),
    mitigatedBy: 'step',
    verifiedAt: at(20_000),
    stableAt: at(30_000),
  },
  pages: [
    { state: 'delivered', deliveredAt: at(4500) },
    { state: 'failed', deliveredAt: null },
  ],
  steps: [],
} as unknown as IncidentView;

const input: ObserveInput = {
  incident,
  incidents: 1,
  harmed: ['t1', 't2'],
  named: [{ id: 'node-failure', subject: 'node/node-b', confidence: 0.9 }],
  injectedAtMs: 1000,
  injectedSubject: 'node/node-b',
  approved: false,
  liftedAtLimit: false,
  noStep: null,
  mail: { lost: 1, duplicates: 0 },
  clientErrorRatioAfter: 0,
};

describe('observe', () => {
  it('counts every time from the injection, and counts a failed page as lost too', () => {
    expect(observe(input)).toMatchObject({
      detectedAfterMs: 3000,
      pagedAfterMs: 3500,
      evidenceAfterMs: 8000,
      mitigatedAfterMs: 9000,
      recoveredAfterMs: 19_000,
      tenants: ['t1', 't2'],
      pages: 2,
      lostPages: 2,
      stable: true,
    });
  });

  it('credits a person who approved in the place of the drill', () => {
    const steps = [{ startedAt: at(9000) }] as unknown as IncidentView['steps'];
    expect(observe({ ...input, incident: { ...incident, steps } }).approved).toBe(true);
    expect(observe(input).approved).toBe(false);
  });

  it('says "drill" when the fault had to be lifted, and nothing when no incident opened', () => {
    expect(observe({ ...input, liftedAtLimit: true }).mitigatedBy).toBe('drill');
    expect(observe({ ...input, incident: null })).toMatchObject({
      severity: null,
      detectedAfterMs: null,
      lostPages: 1,
    });
  });
});
