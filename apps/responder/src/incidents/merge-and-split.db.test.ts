import { expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { databaseEngine } from '../../test/database-engine.ts';
import { Harness } from '../../test/harness.ts';
import { outage } from '../../test/outage-facts.ts';
import { everyLevel, teamOf, user } from '../../test/people.ts';
import { plan } from '../../test/runbook.ts';
import { foldEvents, type Incident, type Incidents } from './index.ts';

const db = await testDatabase();
const primary = user('primary');

async function opened() {
  const engine = await databaseEngine(db, plan, teamOf(everyLevel));
  const h = new Harness({ engine });
  await h.opened();
  return { h, incidents: engine.incidents, service: engine.service, first: await h.incident() };
}

async function splitOff({ h, incidents, first }: Awaited<ReturnType<typeof opened>>): Promise<Incident> {
  const second = await incidents.split(
    { from: first.id, title: 'exports of t3 are empty', severity: 'P2', reason: 'another cause' },
    primary,
  );
  h.expectPage('primary', 'opened');
  h.expect('gather-evidence');
  return second;
}

async function expectFolds(incidents: Incidents, id: string): Promise<void> {
  expect(foldEvents(await incidents.events(id))).toEqual(await incidents.get(id));
}

test('a part that is another outage gets an incident of its own; detection goes on with the first', async () => {
  const all = await opened();
  const { h, incidents, service, first } = all;
  const second = await splitOff(all);
  expect(second).toMatchObject({
    status: 'open',
    severity: 'P2',
    detached: true,
    title: 'exports of t3 are empty',
    impactStartAt: first.impactStartAt,
    impactStartMethod: first.impactStartMethod,
    splitFrom: { id: first.id, number: first.number },
  });
  expect((await incidents.findOpen(service))?.id).toBe(first.id);
  const request = { service: { id: service }, diagnoses: [], drill: null, plan };
  await incidents.assess({ ...request, assessment: outage(h.now, { severity: 'P0', reason: 'worse' }) });
  expect(await incidents.get(second.id)).toEqual(second);
  const events = await incidents.events(first.id);
  expect(events.map((one) => one.body)).toContainEqual(
    expect.objectContaining({ type: 'split-off', into: { id: second.id, number: second.number } }),
  );
  await expectFolds(incidents, first.id);
  await expectFolds(incidents, second.id);
});

test('the one that detection follows is merged into the split-off: that one is followed from then on', async () => {
  const all = await opened();
  const { incidents, service, first } = all;
  const second = await splitOff(all);
  const into = await incidents.merge({ from: first.id, into: second.id, reason: 'one cause' }, primary);
  expect(into).toMatchObject({
    id: second.id,
    status: 'open',
    detached: false,
    severity: first.severity,
    impactStartAt: first.impactStartAt,
    merged: [{ id: first.id, number: first.number }],
  });
  expect(await incidents.get(first.id)).toMatchObject({
    status: 'resolved',
    mergedInto: { id: second.id, number: second.number },
  });
  expect((await incidents.findOpen(service))?.id).toBe(second.id);
  await expectFolds(incidents, first.id);
  await expectFolds(incidents, second.id);
});

test('merged back, the split-off is closed and wakes nobody any more', async () => {
  const all = await opened();
  const { h, incidents, service, first } = all;
  const second = await splitOff(all);
  await incidents.merge({ from: second.id, into: first.id, reason: 'it was the same' }, primary);
  await h.by('primary', { kind: 'acknowledge' });
  const timer = { kind: 'acknowledgment', dueAt: h.now, key: second.pages[0]?.id ?? '' } as const;
  await incidents.apply(second.id, { kind: 'timer', timer }, { kind: 'system', id: 'timers' });
  expect(h.unexpected()).toEqual([]);
  expect((await incidents.findOpen(service))?.id).toBe(first.id);
});

test('two people who merge a pair crosswise: one is taken, the other is told', async () => {
  const all = await opened();
  const { incidents, first } = all;
  const second = await splitOff(all);
  const ends = await Promise.allSettled([
    incidents.merge({ from: first.id, into: second.id, reason: 'one' }, primary),
    incidents.merge({ from: second.id, into: first.id, reason: 'one' }, user('secondary')),
  ]);
  expect(ends.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const left = [await incidents.get(first.id), await incidents.get(second.id)];
  expect(left.map((one) => one?.status).toSorted()).toEqual(['open', 'resolved']);
});

test.each([
  ['itself', { into: 'first' }, 'cannot be merged into itself'],
  ['without a reason', { reason: ' ' }, 'reason is empty'],
  ['of one that is closed', { from: 'first', again: true }, 'is resolved already'],
  ['into one that is closed', { from: 'second', into: 'first', again: true }, 'is resolved; expected one'],
  ['by somebody unknown', { by: 'stranger' }, 'is no known person'],
  ['into none', { into: 'none' }, 'there is none with this id'],
])('a merge %s is refused', async (_name, given: Readonly<Record<string, string | boolean>>, why) => {
  const all = await opened();
  const { incidents, first } = all;
  const second = await splitOff(all);
  const ids: Readonly<Record<string, string>> = { first: first.id, second: second.id };
  const idOf = (key: string, usual: string): string => ids[String(given[key] ?? usual)] ?? 'none';
  const request = { from: idOf('from', 'first'), into: idOf('into', 'second'), reason: 'one cause' };
  if (given['again'] === true)
    await incidents.merge({ from: first.id, into: second.id, reason: 'one cause' }, primary);
  const refused = incidents.merge(
    { ...request, reason: String(given['reason'] ?? request.reason) },
    user(String(given['by'] ?? 'primary')),
  );
  await expect(refused).rejects.toThrow(why);
});

test.each([
  ['without a title', { title: ' ' }, 'title is empty'],
  ['without a reason', { reason: '' }, 'reason is empty'],
  [
    'with a severity that the document lacks',
    { severity: 'P9' },
    'severity "P9": expected one of P0, P1, P2',
  ],
])('a split %s is refused, and opens nothing', async (_name, wrong, why) => {
  const { incidents, service, first } = await opened();
  const said = { from: first.id, title: 'another', severity: 'P1', reason: 'so', ...wrong };
  await expect(incidents.split(said, primary)).rejects.toThrow(why);
  const all = await incidents.list({ limit: 1000 });
  expect(all.filter((one) => one.serviceId === service).map((one) => one.id)).toEqual([first.id]);
});
