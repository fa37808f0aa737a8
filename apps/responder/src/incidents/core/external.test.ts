import { describe, expect, test } from 'vitest';
import { memoryEngine } from '../../../test/engine.ts';
import { Harness } from '../../../test/harness.ts';
import { everyLevel, support, teamOf } from '../../../test/people.ts';
import { plan } from '../../../test/runbook.ts';
import type { Drill } from './incident.ts';

function withSupport(more: object = {}, drill?: Drill): Harness {
  const engine = memoryEngine(plan, teamOf(everyLevel, undefined, [{ ...support, ...more }]));
  return new Harness({ engine, ...(drill === undefined ? {} : { drill }) });
}

/** Level 2 has been reached by the clock; the page that it calls for is looked at. */
async function atLevel2(h: Harness): Promise<Harness> {
  await h.opened();
  await h.by('primary', { kind: 'acknowledge' });
  await h.at('30min');
  h.expectPage('secondary', 'escalation');
  await h.by('secondary', { kind: 'acknowledge' });
  return h;
}

describe('somebody outside', () => {
  test('is asked for when their level is reached, with all that the caller needs, and told the public facts alone', async () => {
    const h = await withSupport().opened();
    await h.by('primary', { kind: 'acknowledge' });
    await h.at('29min');
    expect((await h.incident()).external).toBeUndefined();
    await h.at('30min');
    h.expectPage('secondary', 'escalation');
    const mail = h.expect('mail-external');
    expect(mail).toMatchObject({ callId: 'support', address: 'support@cloud.example' });
    expect(`${mail.subject}\n${mail.text}`).toBe(
      [
        'Outage of multitenant-api since 2026-01-31 02:59 UTC (our reference #1)',
        'This is an automatic message: multitenant-api has an outage. Somebody of our team will get in touch.',
        'Since: 2026-01-31 02:59 UTC',
        'Severity: P0 (Critical Outage)',
        'Our reference: #1',
        'Your reference: account 4711',
        '',
        'We are in region north, zone b.',
      ].join('\n'),
    );
    await h.by('secondary', { kind: 'acknowledge' });
    expect((await h.incident()).external).toMatchObject([
      { id: 'support', contact: { phone: '+49 30 1234567' }, mail: { state: 'queued' }, called: null },
    ]);
    expect((await h.incident()).pages.map((page) => page.person)).toEqual(['primary', 'secondary']);
  });

  test('is sent nothing unless the team says so, nor in a drill, nor of what is restricted', async () => {
    const drill = { id: 'd', name: 'node-failure', injectedAt: 0, holdMs: null };
    for (const h of [await atLevel2(withSupport({ send: false })), await atLevel2(withSupport({}, drill))])
      expect((await h.incident()).external).toMatchObject([{ id: 'support', mail: null }]);
    const restricted = withSupport({ level: 1 });
    await restricted.fails({ restricted: 'security' });
    restricted.expectPage('primary', 'opened');
    restricted.expect('gather-evidence');
    expect((await restricted.incident()).external).toMatchObject([{ mail: null }]);
    const due = (await restricted.engine.events()).find((one) => one.body.type === 'external-due');
    expect(due?.body).toMatchObject({ because: 'a matter of security, a person decides what is told' });
  });

  test('is called by a person, who says what came of it, once', async () => {
    const h = await atLevel2(withSupport({ send: false }));
    const called = { kind: 'external-called', call: 'support', note: 'Ada, ticket 12' } as const;
    await expect(h.by('viewer', called)).rejects.toThrow('responder is needed');
    await expect(h.by('primary', { ...called, note: ' ' })).rejects.toThrow(
      'expected who called, and their ticket number',
    );
    await expect(h.by('primary', { ...called, call: 'power' })).rejects.toThrow('expected one of support');
    await h.by('primary', called);
    await h.by('secondary', called);
    expect(await h.count('external-called')).toBe(1);
    expect((await h.incident()).external?.[0]?.called).toMatchObject({
      by: { id: 'primary' },
      note: 'Ada, ticket 12',
    });
  });

  test('called ahead of the time with their level; asked for anew only in an outage that begins anew', async () => {
    const h = await withSupport({ send: false }).opened();
    await h.by('primary', { kind: 'escalate' });
    h.expectPage('secondary', 'called');
    await h.by('primary', { kind: 'external-called', call: 'support', note: 'ticket 12' });
    const { checklist } = await h.incident();
    const waivers = Object.fromEntries(checklist.map((line) => [line.text, 'not now']));
    await h.by('primary', { kind: 'resolve', note: null, waivers });
    await h.by('primary', { kind: 'reopen', reason: 'it is back' });
    h.expectPage('primary', 'reopened');
    await h.by('primary', { kind: 'escalate' });
    h.expectPage('secondary', 'called');
    await h.by('secondary', { kind: 'acknowledge' });
    expect((await h.incident()).external?.map((one) => one.id)).toEqual(['support', 'support-2']);
  });

  test('what became of the message is on record', async () => {
    const h = withSupport({ level: 1 });
    await h.fails();
    h.expectPage('primary', 'opened');
    h.expect('mail-external');
    h.expect('gather-evidence');
    const failed = { kind: 'external-mailed', call: 'support', outcome: 'failed', detail: '550 no' } as const;
    await expect(h.by('primary', failed)).rejects.toThrow('reported by the responder itself');
    await h.take(failed);
    expect((await h.incident()).external?.[0]?.mail).toEqual({ state: 'failed', detail: '550 no' });
  });
});
