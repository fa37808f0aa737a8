import { statusView as schema } from '@tocsin/contract';
import { describe, expect, it } from 'vitest';
import { fixtureFacts, quietAssessment } from '../fixtures/fixture-assessment.ts';
import { runbookVersion } from '../fixtures/runbook-version.ts';
import { statusView } from './status-view.ts';

const at = Date.UTC(2026, 0, 5, 3);
const inUse = runbookVersion({ takenAt: at - 60_000 });
const ports = {
  currentPlan: () => inUse.document,
  runbook: { state: () => ({ inUse, standing: null, unreadable: null, policy: 'automatic' as const }) },
  service: { id: 's', namespace: 'platform', deployment: 'd', service: 'svc', tenants: [] },
};
const options = { version: '1', startedAt: at - 1000 };

describe('status', () => {
  it('says unknown, never quiet, before anything was measured', () => {
    const view = schema.parse(
      statusView({ ...ports, watched: () => null }, options, { openIncidents: [], handsOff: null }, at),
    );
    expect(view).toMatchObject({ verdict: 'unknown', sources: [], tenants: [] });
  });

  it('shows the newest answer of each probe and how old each source is', () => {
    const facts = fixtureFacts(at);
    const [first] = facts.probes;
    const later = { ...first, endedAt: at - 10, outcome: 'timeout', status: null, durationMs: 2000 } as const;
    const probes = [...facts.probes, { ...facts.probes[0], ...later }] as typeof facts.probes;
    const watched = () => ({ facts: { ...facts, probes }, assessment: quietAssessment(at), diagnoses: [] });
    const view = schema.parse(
      statusView({ ...ports, watched }, options, { openIncidents: ['inc_1'], handsOff: null }, at),
    );
    expect(view.probes).toHaveLength(5);
    expect(view.probes[0]).toMatchObject({ tenant: 't1', outcome: 'timeout', status: null });
    expect(view.sources[0]).toMatchObject({ readable: true, lastAt: new Date(at - 10).toISOString() });
    expect(view.openIncidents).toEqual(['inc_1']);
  });

  it('says that Kubernetes cannot be read', () => {
    const facts = fixtureFacts(at);
    const blind = { ...facts, cluster: { ...facts.cluster, readable: false } };
    const watched = () => ({ facts: blind, assessment: quietAssessment(at), diagnoses: [] });
    const [, , cluster] = statusView(
      { ...ports, watched },
      options,
      { openIncidents: [], handsOff: null },
      at,
    ).sources;
    expect(cluster).toMatchObject({ sourceClass: 'C', readable: false });
  });

  it('says which dependency fails by its newest check, and why Prometheus does not tell', () => {
    const one = {
      kind: 'postgres',
      subject: 'statefulset/postgres',
      detail: '',
      values: {},
      durationMs: 5,
    } as const;
    const checks = [
      { ...one, at: at - 1000, outcome: 'timeout' },
      { ...one, at: at - 6000, outcome: 'ok' },
      { ...one, at: at - 2000, outcome: 'ok', kind: 'redis', subject: 'deployment/redis' },
    ] as const;
    const metricsNote = 'Prometheus: cannot be reached';
    const sourcesOf = (some: readonly (typeof checks)[number][]) => {
      const facts = { ...fixtureFacts(at), checks: some, metricsNote };
      const watched = () => ({ facts, assessment: quietAssessment(at), diagnoses: [] });
      return schema.parse(
        statusView({ ...ports, watched }, options, { openIncidents: [], handsOff: null }, at),
      ).sources;
    };
    expect(sourcesOf(checks)[4]).toMatchObject({
      sourceClass: 'D',
      lastAt: new Date(at - 995).toISOString(),
      detail: 'postgres check of statefulset/postgres: timeout',
    });
    expect(sourcesOf(checks.slice(1))[4]).toMatchObject({ detail: '2 of 2 answer' });
    expect(sourcesOf(checks)[1]?.detail).toMatch(/pods answer; Prometheus: cannot be reached$/);
  });

  it('names the causes that the facts speak for', () => {
    const cause = { subject: 'deployment/redis', confidence: 0.9, for: ['0 pods'], against: [], settles: [] };
    const diagnoses = [{ id: 'dependency-down' as const, ...cause }];
    const watched = () => ({ facts: fixtureFacts(at), assessment: quietAssessment(at), diagnoses });
    const shown = diagnoses.map((one) => ({ ...one, reads: [] }));
    expect(
      schema.parse(statusView({ ...ports, watched }, options, { openIncidents: [], handsOff: null }, at))
        .diagnoses,
    ).toEqual(shown);
  });
});
