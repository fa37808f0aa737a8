import { expect, it } from 'vitest';
import { outage } from '../../../test/outage-facts.ts';
import { type IncidentFacts, publicIncident } from './public-incident.ts';

const at = 1_700_000_000_000;
const components = [{ id: 'data', covers: { functions: ['data'], services: [], zones: [] } }];
const assessment = outage(at, {
  functions: [{ name: 'data', critical: true, requests: 40, failed: 40, harmed: true }],
});
const open: IncidentFacts = {
  id: 'inc_1',
  number: 1,
  status: 'open',
  isDrill: false,
  isMerged: false,
  impactStartAt: at,
  impactEndAt: null,
  correction: null,
  endedAt: null,
  isEndMeasured: false,
  assessment,
  assessments: [assessment],
  updates: [],
  affectedTenants: [],
  letters: [],
};
const told = (status: string) => ({ id: 'upd_1', status, body: 'x', at, nextDueAt: null });

it('what was told to be resolved and was opened again is not resolved', () => {
  const again = { ...open, updates: [told('resolved'), told('identified')] };
  expect(publicIncident(again, components, false).page).toMatchObject({
    status: 'investigating',
    resolvedAt: null,
  });
  const mitigated = { ...again, status: 'mitigated' as const };
  expect(publicIncident(mitigated, components, false).page?.status).toBe('monitoring');
  expect(publicIncident({ ...open, updates: [told('identified')] }, components, false).page?.status).toBe(
    'identified',
  );
});

it('a drill is listed where drills are shown, and colours no component', () => {
  const drill = publicIncident({ ...open, isDrill: true }, components, true);
  expect(drill.page).toMatchObject({ drill: true, componentIds: ['data'] });
  expect(drill.status).toBe('resolved');
  expect(publicIncident({ ...open, isDrill: true }, components, false).page).toBeNull();
  expect(publicIncident(open, components, false).status).toBe('open');
});
