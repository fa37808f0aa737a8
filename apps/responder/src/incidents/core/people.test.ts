import { describe, expect, test } from 'vitest';
import { memoryEngine } from '../../../test/engine.ts';
import { Harness } from '../../../test/harness.ts';
import { everyLevel, people, teamOf } from '../../../test/people.ts';
import { plan } from '../../../test/runbook.ts';
import { waitsForAnswer } from './rules/waiting.ts';

function personOf(id: string) {
  const person = people.find((one) => one.id === id);
  if (person === undefined) throw new Error(`nobody is called ${id}`);
  return person;
}

function commandTo(id: string) {
  return { kind: 'assign', role: 'commander', to: personOf(id), reason: 'my shift ends' } as const;
}

const quiet = (minutes: number) => ({ kind: 'snooze', minutes, reason: 'the provider is at it' }) as const;

describe('hand over', () => {
  test('the first who takes the incident commands it; whoever it is handed to is paged, and the page moves on', async () => {
    const h = await new Harness().opened();
    await h.by('primary', { kind: 'acknowledge' });
    expect((await h.incident()).roles).toEqual({ commander: 'primary' });
    await h.at('10min');
    await h.by('primary', commandTo('responder'));
    expect((await h.incident()).roles).toEqual({ commander: 'responder' });
    expect(h.expectPage('responder', 'assigned').page.note).toContain(
      'handed over by primary: my shift ends',
    );
    await h.at('15min');
    h.expectPage('secondary', 'unacknowledged');
    await h.by('secondary', { kind: 'acknowledge' });
    expect((await h.incident()).roles).toEqual({ commander: 'responder' });
  });

  test('taking command oneself answers the pages and wakes nobody', async () => {
    const h = await new Harness().opened();
    await h.by('secondary', commandTo('secondary'));
    await h.at('29min');
    expect(await h.incident()).toMatchObject({
      roles: { commander: 'secondary' },
      acknowledgedBy: 'secondary',
    });
    expect(h.unexpected()).toEqual([]);
  });

  test('whoever it is handed to answers as the first did: it waits for them, and nobody else is woken', async () => {
    const h = await new Harness().opened();
    await h.by('primary', { kind: 'acknowledge' });
    expect(waitsForAnswer(await h.incident())).toBe(false);
    const first = h.now;
    await h.at('10min');
    await h.by('primary', commandTo('responder'));
    h.expectPage('responder', 'assigned');
    expect(waitsForAnswer(await h.incident())).toBe(true);
    await h.at('11min');
    await h.by('responder', { kind: 'acknowledge' });
    const incident = await h.incident();
    expect(waitsForAnswer(incident)).toBe(false);
    expect(incident).toMatchObject({ acknowledgedAt: first, acknowledgedBy: 'responder', answeredAt: h.now });
    expect(incident.pages.map((one) => one.acknowledgedBy)).toEqual(['primary', 'responder']);
    await h.by('primary', { kind: 'acknowledge' });
    expect(await h.count('acknowledged')).toBe(2);
    await h.at('29min');
  });

  test.each([
    ['viewer', 'responder is needed'],
    ['mute', 'no way to be reached'],
    ['player', 'played by drills'],
  ])('not to %s: %s', async (id, why) => {
    const h = await new Harness().opened();
    await expect(h.by('primary', commandTo(id))).rejects.toThrow(why);
  });
});

describe('call a role', () => {
  const call = { kind: 'call-role', role: 'database-administrator', reason: 'locks everywhere' } as const;

  test('whoever fills it is woken, also a second time; a role that nobody fills is said', async () => {
    const h = await new Harness({ onCall: { ...everyLevel, 'database-administrator': ['dba'] } }).opened();
    await h.by('primary', { kind: 'acknowledge' });
    for (const _ of [1, 2]) {
      await h.by('primary', call);
      expect(h.expectPage('dba', 'role-needed').page.note).toContain('called by primary: locks everywhere');
    }
    await expect(h.by('primary', { ...call, role: 'nobody' })).rejects.toThrow('expected one of');
    await expect((await new Harness().opened()).by('primary', call)).rejects.toThrow(
      'nobody who can be reached',
    );
  });
});

describe('snooze', () => {
  test('calls nobody, then calls again with every level that was missed', async () => {
    const h = await new Harness().opened();
    await h.by('primary', quiet(70));
    await h.at('69min');
    expect(h.unexpected()).toEqual([]);
    await h.at('70min');
    h.expectPage('primary', 'snooze-ended');
    expect((await h.incident()).snoozedUntil).toBeNull();
    h.expectPage('secondary', 'escalation');
    h.expectPage('management', 'escalation');
    await h.by('primary', { kind: 'acknowledge' });
  });

  test('calls its commander first, whoever is on call, and then the first level', async () => {
    const h = await new Harness().opened();
    await h.by('responder', quiet(10));
    await h.at('10min');
    expect(h.expectPage('responder', 'snooze-ended').page).toMatchObject({
      level: 'commander',
      note: 'you have command',
    });
    await h.at('15min');
    h.expectPage('primary', 'unacknowledged');
    await h.at('20min');
    h.expectPage('secondary', 'unacknowledged');
    await h.by('secondary', { kind: 'acknowledge' });
  });

  test('a commander of the rota who is away by then is left in peace', async () => {
    const away = [{ person: 'responder', from: '2026-01-01T00:00:00Z', to: '2026-12-31T00:00:00Z' }];
    const team = { ...teamOf({ ...everyLevel, 2: ['responder', 'secondary'] }), away };
    const h = await new Harness({ engine: memoryEngine(plan, team) }).opened();
    await h.by('responder', quiet(10));
    await h.at('10min');
    expect(h.expectPage('primary', 'snooze-ended').page.level).toBe('L1');
    await h.by('primary', { kind: 'acknowledge' });
  });

  test('a commander who cannot be reached costs no time', async () => {
    const h = await new Harness().opened();
    await h.by('responder', quiet(10));
    await h.at('10min');
    const { page } = h.expectPage('responder', 'snooze-ended');
    const failed = { kind: 'page-failed', pageId: page.id, detail: 'gone', final: true } as const;
    await h.take({ ...failed, channel: 'email:responder@example.org' });
    expect(h.expectPage('primary', 'undeliverable').page.level).toBe('L1');
    await h.by('primary', { kind: 'acknowledge' });
  });

  test('whom somebody calls meanwhile is called: without an answer that page moves on, also during the quiet', async () => {
    const h = await new Harness().opened();
    await h.by('primary', quiet(60));
    await h.at('1min');
    await h.by('primary', commandTo('responder'));
    h.expectPage('responder', 'assigned');
    await h.at('6min');
    h.expectPage('secondary', 'unacknowledged');
    await h.by('secondary', { kind: 'acknowledge' });
    expect((await h.incident()).snoozedUntil).not.toBeNull();
    await h.at('29min');
  });

  test('ends at once when the severity rises', async () => {
    const h = new Harness();
    await h.fails({ severity: 'P2' });
    h.expectPage('primary', 'opened');
    h.expect('gather-evidence');
    await h.by('primary', quiet(60));
    await (await h.at('1min')).fails({ severity: 'P0' });
    h.expectPage('primary', 'severity-raised');
    await h.by('primary', { kind: 'acknowledge' });
    await h.at('29min');
    expect(await h.count('snooze-ended')).toBe(1);
  });

  test('ends with the harm: when it is back, the matrix is where it would be', async () => {
    const h = await new Harness().opened();
    await h.by('primary', quiet(120));
    await (await h.at('31min')).isRestored('30min');
    await (await h.at('32min')).fails();
    await h.at('33min');
    expect(h.expectPage('secondary', 'escalation').page.level).toBe('L2');
    await h.by('secondary', { kind: 'acknowledge' });
    await h.at('59min');
  });

  test.each([0, 1.5, 1441])('not for %d minutes', async (minutes) => {
    const h = await new Harness().opened();
    await expect(h.by('primary', quiet(minutes))).rejects.toThrow('whole number from 1 to 1440');
  });
});

async function closed(before: (h: Harness) => Promise<void> = async () => {}): Promise<Harness> {
  const h = await new Harness().opened();
  await h.by('primary', { kind: 'acknowledge' });
  await before(h);
  await h.at('10min');
  const { checklist } = await h.incident();
  const waivers = Object.fromEntries(checklist.map((line) => [line.text, 'not now']));
  await h.by('primary', { kind: 'resolve', note: null, waivers });
  return h;
}

describe('reopen', () => {
  const again = { kind: 'reopen', reason: 'invoices are still empty' } as const;

  test('people are called as at the opening, and the matrix begins anew', async () => {
    const h = await (await closed()).at('300min');
    await h.by('primary', again);
    h.expectPage('primary', 'reopened');
    await h.by('primary', { kind: 'acknowledge' });
    expect(await h.incident()).toMatchObject({ status: 'open', resolvedAt: null, confirmedAt: null });
    await h.at('329min');
    expect(h.unexpected()).toEqual([]);
    await h.at('331min');
    h.expectPage('secondary', 'escalation');
    await h.by('secondary', { kind: 'acknowledge' });
  });

  test('the quiet of before its end is over, also when its clock struck meanwhile: the matrix calls again', async () => {
    const h = await (await closed((before) => before.by('primary', quiet(30)))).at('300min');
    await h.by('primary', again);
    h.expectPage('primary', 'reopened');
    expect((await h.incident()).snoozedUntil).toBeNull();
    await h.by('primary', { kind: 'acknowledge' });
    await h.at('331min');
    h.expectPage('secondary', 'escalation');
    await h.by('secondary', { kind: 'acknowledge' });
  });

  test('what a person opened again is not over because it measures well', async () => {
    const h = await closed();
    await h.by('primary', again);
    h.expectPage('primary', 'reopened');
    await h.isRestored('0s');
    expect((await h.incident()).status).toBe('open');
    await h.by('primary', { kind: 'acknowledge' });
    await expect(h.by('primary', again)).rejects.toThrow('is open already');
  });
});

describe('calling the next level ahead of its time', () => {
  test('pages it at once and only once, and the matrix goes on from there', async () => {
    const h = await new Harness().opened();
    await h.by('primary', { kind: 'acknowledge' });
    await h.by('primary', { kind: 'escalate', to: 2, via: 'in Slack' });
    expect(h.expectPage('secondary', 'called').text).toContain('somebody calls your level');
    expect((await h.incident()).escalationLevel).toBe(2);
    await h.by('primary', { kind: 'escalate', to: 2, via: 'in Slack' });
    await h.by('secondary', { kind: 'acknowledge' });
    await h.at('29min');
    expect(h.unexpected()).toEqual([]);
    await h.by('secondary', { kind: 'escalate' });
    h.expectPage('management', 'called');
    await h.by('management', { kind: 'acknowledge' });
    await h.at('59min');
    expect(h.unexpected()).toEqual([]);
  });

  test('said twice in a message within a minute it calls one level; named by nobody else, the API calls on', async () => {
    const h = await new Harness().opened();
    await h.by('primary', { kind: 'acknowledge' });
    const said = { kind: 'escalate', via: 'by SMS' } as const;
    for (const at of ['1s', '30s', '60s']) await (await h.at(at)).by('primary', said);
    h.expectPage('secondary', 'called');
    expect((await h.incident()).escalationLevel).toBe(2);
    await (await h.at('61s')).by('primary', said);
    h.expectPage('management', 'called');
    await h.by('management', { kind: 'acknowledge' });
  });

  test('whom the call has just woken calls the next above; said twice that is one level, too', async () => {
    const h = await new Harness().opened();
    await h.by('primary', { kind: 'acknowledge' });
    const said = { kind: 'escalate', via: 'by phone' } as const;
    await (await h.at('1s')).by('primary', said);
    h.expectPage('secondary', 'called');
    for (const at of ['20s', '21s']) await (await h.at(at)).by('secondary', said);
    h.expectPage('management', 'called');
    expect((await h.incident()).escalationLevel).toBe(3);
    await h.by('management', { kind: 'acknowledge' });
  });

  test('refused: beyond the next, beyond the last, and by who only looks on', async () => {
    const h = await new Harness().opened();
    await expect(h.by('primary', { kind: 'escalate', to: 3 })).rejects.toThrow(/expected level 2/);
    await expect(h.by('viewer', { kind: 'escalate' })).rejects.toThrow(/responder is needed/);
    for (const person of ['secondary', 'management', 'executive']) {
      await h.by('primary', { kind: 'escalate' });
      h.expectPage(person, 'called');
    }
    await expect(h.by('primary', { kind: 'escalate' })).rejects.toThrow(/every level/);
  });
});
