import { expect, it, onTestFinished } from 'vitest';
import { testDatabase } from '../test/database.ts';
import { harmfulAssessment } from './api/fixtures/fixture-assessment.ts';
import { createStage, type Stage } from './api/fixtures/stage.ts';
import { closeReportsWithIncidents } from './close-reports.ts';
import { isHeldBack } from './held-back.ts';

const db = await testDatabase();
const serviceId = 'multitenant-api';
const at = (offsetMs: number): string => new Date(Date.now() + offsetMs).toISOString();
const window = { name: 'move', startsAt: at(-60_000), endsAt: at(3_600_000) };

async function stageWith(maintenance: readonly object[]): Promise<Stage> {
  const stage = await createStage(db, { maintenance });
  onTestFinished(() => stage.close());
  return stage;
}

const heldBack = ({ ports, incidents }: Stage, more: object = {}) =>
  isHeldBack({ serviceId, alerts: ports.alerts, incidents }, { ...harmfulAssessment(Date.now()), ...more });

it('keeps detection from opening an incident in a window of the whole service, on record', async () => {
  const stage = await stageWith([window]);
  expect(await heldBack(stage)).toBe(true);
  expect(await stage.ports.alerts.suppressions(1)).toMatchObject([
    { kind: 'maintenance', by: 'move', subject: 'incident', text: harmfulAssessment(0).reason },
  ]);
});

it('keeps nothing back of what a person says, in no window, or in one about some alerts only', async () => {
  const during = await stageWith([window]);
  expect(await heldBack(during, { confirmedBy: ['A', 'H'] })).toBe(false);
  expect(await heldBack(during, { verdict: 'suspected' })).toBe(false);
  expect(await heldBack(await stageWith([]))).toBe(false);
  expect(await heldBack(await stageWith([{ ...window, matchers: ['node="n1"'] }]))).toBe(false);
  expect(await heldBack(await stageWith([{ ...window, startsAt: at(60_000) }]))).toBe(false);
});

it('never holds back an open incident; when that is closed, what people reported is closed with it', async () => {
  const stage = await stageWith([window]);
  const { incidents, ports } = stage;
  const { alerts, log } = ports;
  onTestFinished(await closeReportsWithIncidents({ alerts, incidents, serviceId, log }));
  const { id } = await stage.nodeDies();
  expect(await heldBack(stage)).toBe(false);
  const said = { kind: 'customer-report', tenant: 't1', text: 'slow', flag: null, noticedAt: null } as const;
  await alerts.report(said, { kind: 'user', id: 'primary' });
  await expect.poll(() => alerts.facts.reports()).toMatchObject([{ text: 'slow' }]);
  const { checklist = [] } = (await incidents.get(id)) ?? {};
  const waivers = Object.fromEntries(checklist.map((line) => [line.text, 'a test']));
  const person = { kind: 'user', id: 'primary', name: 'Primary on-call' } as const;
  await incidents.apply(id, { kind: 'resolve', note: 'over', waivers }, person);
  await expect.poll(() => alerts.facts.reports()).toEqual([]);
  expect((await alerts.reports(1))[0]?.closedBecause).toMatch(/^incident #\d+ was closed$/);
});
