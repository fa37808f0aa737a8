import { describe, expect, test, vi } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { databaseEngine } from '../../test/database-engine.ts';
import { Harness } from '../../test/harness.ts';
import { nodeFailure, outage, step } from '../../test/outage-facts.ts';
import { everyLevel, teamOf, user } from '../../test/people.ts';
import { plan } from '../../test/runbook.ts';
import { firstBrokenLink, foldEvents, type Incidents } from './index.ts';

const restart = step('restart');
const db = await testDatabase();

async function harness(): Promise<{ h: Harness; incidents: Incidents; service: string }> {
  const engine = await databaseEngine(db, plan, teamOf(everyLevel));
  return { h: new Harness({ engine }), incidents: engine.incidents, service: engine.service };
}

describe('the shell on a real PostgreSQL', () => {
  test('a whole night: paged, escalated, fixed, verified, stable, closed; the log folds to the stored row', async () => {
    const { h, incidents } = await harness();
    await h.opened();
    await h.at('5min');
    h.expectPage('secondary', 'unacknowledged');
    await h.by('secondary', { kind: 'acknowledge' });
    await h.diagnoses(nodeFailure());
    h.expect('gather-evidence');
    h.expect('prepare-steps');
    await h.readsEnd();
    await h.take({ kind: 'steps-prepared', steps: [restart] });
    await h.by('secondary', { kind: 'approve', stepId: 'restart', bindingHash: restart.bindingHash });
    h.expect('run-step');
    await h.take({ kind: 'step-started', stepId: 'restart' });
    await (await h.at('6min')).isRestored('5.1min');
    await (await h.at('6.2min')).isRestored('5.1min');
    h.expect('smoke-test');
    await h.take({ kind: 'smoke-tested', checks: [{ name: 'health', ok: true, text: '200' }] });
    await h.at('30min');
    const incident = await h.incident();
    expect(incident).toMatchObject({ status: 'stable', mitigatedBy: 'step' });
    const events = await incidents.events(incident.id);
    expect(foldEvents(events)).toEqual(incident);
    expect(firstBrokenLink(events.map((event) => ({ event, hash: event.hash })))).toBeNull();
    expect(await incidents.get(`#${incident.number}`)).toEqual(incident);
    expect((await incidents.list()).map((one) => one.id)).toContain(incident.id);
  });

  test('a changed log breaks the chain of hashes', async () => {
    const { h, incidents } = await harness();
    await h.opened();
    await h.by('primary', { kind: 'acknowledge' });
    const { id } = await h.incident();
    await db.query(`update incident_events set because = 'nothing' where incident_id = $1 and seq = 1`, [id]);
    const events = await incidents.events(id);
    expect(firstBrokenLink(events.map((event) => ({ event, hash: event.hash })))).toBe(1);
  });

  test('two that open at once get one incident', async () => {
    const { h, incidents, service } = await harness();
    const request = { service: { id: service }, assessment: outage(h.now), diagnoses: [], drill: null, plan };
    const opened = await Promise.all(Array.from({ length: 6 }, () => incidents.assess(request)));
    expect(new Set(opened.map((one) => one?.id)).size).toBe(1);
    h.expectPage('primary', 'opened');
    h.expect('gather-evidence');
    expect((await incidents.findOpen(service))?.id).toBe(opened[0]?.id);
  });

  test('many at once on one incident lose nothing', async () => {
    const { h, incidents } = await harness();
    await h.opened();
    const { id } = await h.incident();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        incidents.apply(id, { kind: 'note', text: `note ${n}` }, user('primary')),
      ),
    );
    expect(await h.count('noted')).toBe(20);
    expect(foldEvents(await incidents.events(id))).toEqual(await h.incident());
  });

  test('a refusal is an AppError and writes nothing; an unknown incident is not found', async () => {
    const { h, incidents } = await harness();
    await h.opened();
    const before = await h.incident();
    await expect(h.by('viewer', { kind: 'acknowledge' })).rejects.toThrow('not-allowed');
    expect(await h.incident()).toEqual(before);
    await expect(incidents.apply('inc_none', { kind: 'acknowledge' }, user('primary'))).rejects.toMatchObject(
      {
        code: 'not-found',
        status: 404,
      },
    );
  });

  test('an incident is not opened again beside the one that detection follows', async () => {
    const { h, incidents } = await harness();
    await h.opened();
    const { id, checklist } = await h.incident();
    const waivers = Object.fromEntries(checklist.map((line) => [line.text, 'not now']));
    await h.by('primary', { kind: 'resolve', note: null, waivers });
    await h.opened();
    expect((await h.incident()).id).not.toBe(id);
    const again = incidents.apply(id, { kind: 'reopen', reason: 'it is back' }, user('primary'));
    await expect(again).rejects.toMatchObject({ code: 'conflict', status: 409 });
    expect((await incidents.get(id))?.status).toBe('resolved');
  });

  test('a clock that has struck and is set again to the same instant strikes again', async () => {
    const { h } = await harness();
    await h.opened();
    await h.by('primary', { kind: 'acknowledge' });
    await h.at('25min');
    await h.isRestored('24min');
    // The secondary's clock strikes while the harm is away; in that very moment it is back.
    await h.at('30min');
    expect(h.unexpected()).toEqual([]);
    await h.fails();
    await h.at('31min');
    h.expectPage('secondary', 'escalation');
    await h.by('secondary', { kind: 'acknowledge' });
  });

  test('a change is heard', async () => {
    const { h, incidents } = await harness();
    const heard: string[] = [];
    const unlisten = await incidents.onChange(({ id }) => heard.push(id ?? 'missed'));
    await h.opened();
    const { id } = await h.incident();
    await vi.waitFor(() => expect(heard).toContain(id));
    unlisten();
  });

  test('an edited runbook changes nothing for an incident under way', async () => {
    const { h, incidents, service } = await harness();
    await h.opened();
    const edited = {
      ...plan,
      hash: `${plan.hash}-edited`,
      escalation: plan.escalation.slice(0, 1),
      branches: [],
      scenarios: [],
    };
    const request = { service: { id: service }, assessment: outage(h.now), drill: null, plan: edited };
    const incident = await incidents.assess({ ...request, diagnoses: [nodeFailure()] });
    h.expect('gather-evidence');
    expect(h.expect('prepare-steps').actionIds).toEqual(['cordon-node', 'drain-node']);
    expect(incident).toMatchObject({ planHash: plan.hash });
    await h.by('primary', { kind: 'acknowledge' });
    await h.at('30min');
    h.expectPage('secondary', 'escalation');
    await h.by('secondary', { kind: 'acknowledge' });
  });

  test('a timer whose transaction fails fires again, and its effect is there once', async () => {
    const { h, incidents } = await harness();
    await h.opened();
    await h.by('primary', { kind: 'acknowledge' });
    const { id } = await h.incident();
    await db.query('update timers set done_at = clock_timestamp()');
    const overdue = `insert into timers (incident_id, kind, key, due_at) values ($1, 'phase', '2', '2020-01-01') returning id`;
    const { rows } = await db.query<{ id: number }>(overdue, [id]);
    // The tick-off is refused twice: the effect must go with it.
    await db.query(`create sequence refusals`);
    await db.query(`create function refuse_twice() returns trigger language plpgsql as $$ begin
      if new.done_at is not null and nextval('refusals') <= 2 then raise exception 'refused'; end if;
      return new; end $$`);
    await db.query(
      `create trigger refuse_twice before update on timers for each row execute function refuse_twice()`,
    );
    const worker = await incidents.startTimers();
    await vi.waitFor(async () => {
      const { rowCount } = await db.query('select 1 from timers where id = $1 and done_at is not null', [
        rows[0]?.id,
      ]);
      expect(rowCount).toBe(1);
    }, 20_000);
    await worker.stop();
    await db.query('drop trigger refuse_twice on timers');
    // The third try went through.
    expect((await db.query<{ n: number }>(`select last_value as n from refusals`)).rows[0]?.n).toBe(3);
    expect(await h.count('phase-overdue')).toBe(1);
  });

  test('timers are rows that fire by themselves', async () => {
    const { h, incidents } = await harness();
    await h.opened();
    // A clock that stands still would pass an unacknowledged page on for ever.
    await h.by('primary', { kind: 'acknowledge' });
    const { id } = await h.incident();
    // Only these set no other in turn, which would be overdue for the database's clock as well.
    await db.query(
      `update timers set done_at = clock_timestamp() where incident_id <> $1 or kind <> 'phase'`,
      [id],
    );
    // The fake clock stands in 2026-01; the rows are long overdue for the database's own clock.
    const worker = await incidents.startTimers();
    await vi.waitFor(async () => expect(await h.count('phase-overdue')).toBeGreaterThan(0), 10_000);
    await vi.waitFor(async () => {
      const { rowCount } = await db.query(
        'select 1 from timers where incident_id = $1 and done_at is null and due_at < clock_timestamp()',
        [id],
      );
      expect(rowCount).toBe(0);
    }, 10_000);
    await worker.stop();
    expect(foldEvents(await incidents.events(id))).toEqual(await h.incident());
  });
});
