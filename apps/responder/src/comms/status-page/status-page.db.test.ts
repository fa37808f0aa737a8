import { type PageSnapshot, pageSnapshot, statusPageConfig, type TenantPage } from '@tocsin/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { type Database, createLogger, newId } from '#platform';
import { recordProbes } from '#detection';
import type { ProbeSample } from '#facts';
import { testDatabase } from '../../../test/database.ts';
import { databaseEngine } from '../../../test/database-engine.ts';
import { outage, restored } from '../../../test/outage-facts.ts';
import { everyLevel, system, teamOf, user } from '../../../test/people.ts';
import { plan } from '../../../test/runbook.ts';
import { componentsOf } from './components-of.ts';
import { startTakingWishes } from './take-wishes.ts';
import { type Publishing, startPublishing } from './start-publishing.ts';

const db = await testDatabase();
const log = createLogger({ level: 'silent' });
const minuteMs = 60_000;
const stops: Publishing['stop'][] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const down = (name: string) => ({ name, critical: true, requests: 40, failed: 40, harmed: true });
const fine = (name: string) => ({ name, critical: true, requests: 40, failed: 0, harmed: false });

/** A responder that publishes, for a service of its own. */
async function publishing(config: object = {}, before?: (service: string) => Promise<void>) {
  const engine = await databaseEngine(db, plan, teamOf(everyLevel));
  const { service, incidents } = engine;
  await before?.(service);
  const room = await startPublishing({
    db,
    serviceId: service,
    config: statusPageConfig.parse(config),
    components: componentsOf(undefined, ['data', 'login']),
    tenants: ['t1', 'quiet'],
    incidents,
    maintenance: () => [],
    log,
  });
  stops.push(room.stop);
  const opens = (at: number, more: Parameters<typeof outage>[1] = {}) =>
    engine.take(
      at,
      {
        kind: 'assess',
        assessment: outage(at, { functions: [down('data'), fine('login')], ...more }),
        serviceId: service,
        drill: null,
        newId: newId('inc'),
        newNumber: 1,
      },
      system,
    );
  return { ...room, engine, service, opens, read: () => readSnapshot(service) };
}

async function readSnapshot(service: string): Promise<PageSnapshot> {
  const { rows } = await db.query<{ snapshot: unknown }>(
    'select snapshot from status_page_snapshots where service_id = $1',
    [service],
  );
  return pageSnapshot.parse(rows[0]?.snapshot);
}

/** As another process would write it: nobody calls the room. */
async function tells(target: Database, incidentId: string, status: string, body: string): Promise<void> {
  await target.query(
    `insert into updates (id, incident_id, audience, status, body, by, at, next_due_at)
     values ($1, $2, 'status-page', $3, $4, '{"kind":"user","id":"primary","name":"P"}',
       clock_timestamp(), clock_timestamp() + interval '30 minutes')`,
    [newId('upd'), incidentId, status, body],
  );
}

/** A tenant whose outages are older than what is shown, and whom nobody names any more. */
async function harmedLongAgo(service: string, tenant: string): Promise<void> {
  const page = { format: 1, tenant, state: 'failing', harmedMinutes: 9, incidents: [] };
  await db.query('insert into status_page_tenants (service_id, tenant, page) values ($1, $2, $3)', [
    service,
    tenant,
    JSON.stringify(page),
  ]);
}

/** A letter to one of the customers, as comms stores it. */
async function writes(incidentId: string, tenant: string, body: string): Promise<void> {
  const id = newId('upd');
  await db.query(
    `with told as (insert into updates (id, incident_id, audience, status, body, by, at)
       values ($1, $2, 'customers', 'identified', $3, '{"kind":"user","id":"primary","name":"P"}', clock_timestamp()))
     insert into update_deliveries (id, update_id, incident_id, channel, address, tenant, subject, state, due_at, created_at)
     values ($1 || '-1', $1, $2, 'email', '', $4, '', 'failed', clock_timestamp(), clock_timestamp())`,
    [id, incidentId, body, tenant],
  );
}

async function tenantPages(service: string): Promise<ReadonlyMap<string, TenantPage>> {
  const { rows } = await db.query<{ tenant: string; page: TenantPage }>(
    'select tenant, page from status_page_tenants where service_id = $1 order by tenant',
    [service],
  );
  return new Map(rows.map(({ tenant, page }) => [tenant, page]));
}

const statesOf = (snapshot: PageSnapshot) => snapshot.components.map(({ id, state }) => `${id} ${state}`);

async function minutes(service: string, from: number, counts: readonly [number, number][]): Promise<void> {
  for (const [index, [good, bad]] of counts.entries())
    await db.query(`insert into probe_minutes values ($1, 'data', $2, $3, $4, 0, false)`, [
      service,
      new Date(from + index * minuteMs),
      good,
      bad,
    ]);
}

describe('the published page', () => {
  it('shows an outage by itself, what people say of it at once, and its end', async () => {
    const { engine, opens, read } = await publishing();
    await expect.poll(async () => statesOf(await read())).toEqual(['data operational', 'login operational']);
    const at = Date.now();
    await opens(at);
    await expect.poll(async () => statesOf(await read())).toEqual(['data major_outage', 'login operational']);
    const incident = await engine.incident();
    expect((await read()).incidents).toMatchObject([
      {
        status: 'investigating',
        worst: 'major_outage',
        componentIds: ['data'],
        updates: [],
        resolvedAt: null,
      },
    ]);
    // Nothing internal: neither the title nor the reason of the responder.
    expect(JSON.stringify(await read())).not.toContain(incident?.title);
    expect(JSON.stringify(await read())).not.toContain('5 tenants');

    await tells(db, incident?.id ?? '', 'identified', 'We know why.');
    await expect
      .poll(async () => (await read()).incidents[0])
      .toMatchObject({
        status: 'identified',
        updates: [{ body: 'We know why.' }],
        nextUpdateAt: expect.any(String),
      });

    await engine.take(
      at + 2 * minuteMs,
      {
        kind: 'resolve',
        note: null,
        waivers: Object.fromEntries((incident?.checklist ?? []).map(({ text }) => [text, 'test'])),
      },
      user('primary'),
    );
    await expect
      .poll(async () => (await read()).incidents[0])
      .toMatchObject({
        status: 'resolved',
        nextUpdateAt: null,
        resolvedAt: new Date(at + 2 * minuteMs).toISOString(),
      });
    expect(statesOf(await read())).toEqual(['data operational', 'login operational']);
  });

  it('writes each tenant a row of their own, and again when what it says is over', async () => {
    // As the responder before this one has left it.
    const { engine, opens, publish, service } = await publishing({}, (id) => harmedLongAgo(id, 'gone'));
    await opens(Date.now());
    const incident = await engine.incident();
    await writes(incident?.id ?? '', 't1', 'Only for the first.');
    await writes(incident?.id ?? '', 't2', 'Only for the second.');
    await publish();
    // They follow every few seconds.
    await expect
      .poll(async () => [...(await tenantPages(service)).keys()], { timeout: 20_000 })
      .toContain('t2');
    const pages = await tenantPages(service);
    expect([...pages.keys()]).toEqual(expect.arrayContaining(['gone', 'quiet', 't1', 't2']));
    expect(pages.get('gone')).toMatchObject({ state: 'well', harmedMinutes: 0, incidents: [] });
    expect(pages.get('quiet')).toMatchObject({ state: 'well', incidents: [] });
    const bodies = (tenant: string) =>
      pages.get(tenant)?.incidents.flatMap(({ updates }) => updates.map(({ body }) => body));
    expect(pages.get('t1')?.state).toBe('failing');
    expect([bodies('t1'), bodies('t2')]).toEqual([['Only for the first.'], ['Only for the second.']]);
    // The public document names no tenant, and has nothing of their letters.
    expect(JSON.stringify(await readSnapshot(service))).not.toMatch(/"t1"|"t2"|Only for/);
  });

  it('says nothing by itself of what touches security', async () => {
    const quietly = await publishing();
    await quietly.opens(Date.now(), { restricted: 'security' });
    await quietly.publish();
    expect((await quietly.read()).incidents).toEqual([]);
    expect(statesOf(await quietly.read())).toEqual(['data operational', 'login operational']);
    const incident = await quietly.engine.incident();
    await tells(db, incident?.id ?? '', 'investigating', 'A person says so.');
    await expect.poll(async () => (await quietly.read()).incidents).toHaveLength(1);
  });

  it('counts uptime by the recorded minutes, and by what a person says of the impact', async () => {
    const { engine, service, opens, read, publish } = await publishing();
    const at = Math.floor(Date.now() / minuteMs) * minuteMs - 30 * minuteMs;
    await minutes(service, at, [
      [10, 0],
      [0, 10],
      [5, 5],
      [10, 0],
    ]);
    await opens(at + minuteMs, { impactStartAt: at + minuteMs });
    await engine.take(
      at + 3 * minuteMs,
      {
        kind: 'assess',
        assessment: restored(at + 3 * minuteMs, at + 2.5 * minuteMs),
        serviceId: service,
        drill: null,
        newId: 'x',
        newNumber: 1,
      },
      system,
    );
    await publish();
    expect((await read()).components[0]?.uptime).toBe(0.625);
    expect((await read()).components[1]?.uptime).toBeNull();
    await engine.take(
      at + 9 * minuteMs,
      {
        kind: 'correct-impact',
        startAt: at + minuteMs,
        endAt: at + 2 * minuteMs,
        reason: 'the last was our own test',
      },
      user('primary'),
    );
    await publish();
    expect((await read()).components[0]?.uptime).toBe(0.75);
  });
});

const sample = (endedAt: number, outcome: 'ok' | 'timeout'): ProbeSample => ({
  startedAt: endedAt - 5,
  endedAt,
  target: 'data',
  tenant: null,
  outcome,
  status: null,
  durationMs: 5,
});

it('writes each result of a probe once, also when the database was away in between', async () => {
  const service = newId('service');
  const now = Date.now();
  let clock = now;
  let probes: readonly ProbeSample[] = [];
  let isAway = false;
  const flaky = {
    ...db,
    query: (...given: Parameters<Database['query']>) =>
      isAway ? Promise.reject(new Error('away')) : db.query(...given),
  };
  const recorder = recordProbes({
    db: flaky as Database,
    serviceId: service,
    facts: () => ({ probes, controls: [] }),
    inMaintenance: () => false,
    log,
    now: () => clock,
    everyMs: 3_600_000,
  });
  for (const away of [false, true, false]) {
    isAway = away;
    probes = [...probes, sample(clock + 10, 'ok'), sample(clock + 20, 'timeout')];
    clock += 5000;
    await recorder.flush();
  }
  await recorder.stop();
  const { rows } = await db.query<{ good: number; bad: number }>(
    'select sum(good)::int as good, sum(bad)::int as bad from probe_minutes where service_id = $1',
    [service],
  );
  expect(rows).toEqual([{ good: 3, bad: 3 }]);
});

it('takes what visitors report once each, and leaves what belongs to another service', async () => {
  const service = newId("it's");
  const said: string[] = [];
  const wish = (of: string, report: object) =>
    db.query(`insert into status_page_wishes (id, service_id, kind, wish) values ($1, $2, 'report', $3)`, [
      newId('wish'),
      of,
      JSON.stringify(report),
    ]);
  await wish('another', { text: 'not ours', from: null });
  await wish(service, { text: 'Uploads fail', from: 'Acme' });
  await wish(service, { nonsense: true });
  const worker = await startTakingWishes({
    ways: { email: false, webhookHosts: [], slack: null },
    db,
    serviceId: service,
    report: (text) => Promise.resolve(said.push(text)),
    log,
  });
  stops.push(worker.stop);
  await expect.poll(() => said).toEqual(['status page, from Acme: Uploads fail']);
  await wish(service, { text: 'Still', from: null });
  worker.wake();
  await expect.poll(() => said.at(-1)).toBe('status page: Still');
  const left = () =>
    db.query(`select service_id from status_page_wishes where done_at is null`).then(({ rows }) => rows);
  await expect.poll(left).toEqual([{ service_id: 'another' }]);
  expect(said).toHaveLength(2);
});
