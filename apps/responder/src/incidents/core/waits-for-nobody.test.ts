import { describe, expect, test } from 'vitest';
import { memoryEngine } from '../../../test/engine.ts';
import { Harness } from '../../../test/harness.ts';
import { nodeFailure, quiet } from '../../../test/outage-facts.ts';
import { everyLevel, personCalled, teamOf } from '../../../test/people.ts';
import { plan } from '../../../test/runbook.ts';

const mail = 'email:primary@example.org';

describe('a page never waits for nobody', () => {
  test('unanswered when its clock struck while the harm was away: it moves on when the harm is back', async () => {
    const h = await new Harness().opened();
    await (await h.at('4.9min')).isRestored('4.8min');
    await (await h.at('5.1min')).fails();
    await h.at('5.2min');
    expect(h.expectPage('secondary', 'unacknowledged').page.note).toBeNull();
  });

  test('lost while the harm was away: somebody else is woken when it is back', async () => {
    const h = await new Harness().opened();
    await (await h.at('60s')).isRestored('58s');
    await h.take({ kind: 'page-failed', pageId: 'inc_1-page-1', channel: mail, detail: '550', final: true });
    await (await h.at('63s')).fails();
    await h.at('64s');
    expect(h.expectPage('secondary', 'unacknowledged').page.note).toBeNull();
  });

  test('answered: harm that comes back before the verification wakes nobody', async () => {
    const h = await new Harness().opened();
    await h.by('primary', { kind: 'acknowledge' });
    await (await h.at('6min')).isRestored('5.9min');
    await (await h.at('6.1min')).fails();
    await h.at('20min');
    expect(h.unexpected()).toEqual([]);
  });

  test('with nobody on call it is said, and asked again every window', async () => {
    const h = new Harness({ onCall: {} });
    await h.fails();
    h.expect('gather-evidence');
    await h.at('16min');
    expect(await h.count('noted')).toBe(4);
  });

  test('opened again with nobody on call: the answer of before counts no more, and it is asked again every window', async () => {
    const h = new Harness({ onCall: {} });
    await h.fails();
    h.expect('gather-evidence');
    await h.by('primary', {
      kind: 'assign',
      role: 'commander',
      to: personCalled('responder'),
      reason: 'knows it',
    });
    h.expectPage('responder', 'assigned');
    await h.by('responder', { kind: 'acknowledge' });
    const { checklist } = await h.incident();
    const waivers = Object.fromEntries(checklist.map((line) => [line.text, 'not now']));
    await (await h.at('10min')).by('primary', { kind: 'resolve', note: null, waivers });
    await h.by('primary', { kind: 'reopen', reason: 'it is back' });
    const before = await h.count('noted');
    await h.at('26min');
    expect((await h.count('noted')) - before).toBe(3);
  });

  test('with no level filled, somebody of a role is woken rather than nobody', async () => {
    const h = new Harness({ onCall: { 'database-administrator': ['dba'] } });
    await h.fails();
    expect(h.expectPage('dba', 'opened').page.note).toContain('somebody of another role is woken instead');
    h.expect('gather-evidence');
  });

  test('somebody without a contact cannot be woken: the next is, at once', async () => {
    const h = new Harness({ onCall: { 1: ['mute'], 2: ['secondary'] } });
    await h.fails();
    expect(h.expectPage('secondary', 'opened').page.note).toContain('nobody of Primary on-call engineer');
    h.expect('gather-evidence');
  });

  test('harm that comes back worse during the watch is one page, not two', async () => {
    const h = new Harness();
    await h.fails({ severity: 'P1' });
    h.expectPage('primary', 'opened');
    h.expect('gather-evidence');
    await h.by('primary', { kind: 'acknowledge' });
    await (await h.at('60s')).isRestored('58s');
    await (await h.at('66s')).isRestored('58s');
    h.expect('smoke-test');
    await h.take({ kind: 'smoke-tested', checks: [{ name: 'health', ok: true, text: '200' }] });
    await (await h.at('10min')).fails({ severity: 'P0' });
    expect(h.expectPage('primary', 'reopened').subject).toContain('[P0]');
  });
});

const postgres = nodeFailure(0.9, { id: 'dependency-down', subject: 'statefulset/postgres' });

async function diagnosed(onCall: Record<string, string[]>): Promise<Harness> {
  const h = await new Harness({ onCall }).opened();
  await h.diagnoses(postgres);
  return h;
}

async function notes(h: Harness): Promise<string[]> {
  return (await h.engine.events()).flatMap(({ body }) => (body.type === 'noted' ? [body.text] : []));
}

describe('the role that a diagnosis calls for', () => {
  test.each([
    ['security', ['security']],
    ['integrity', ['security', 'dba']],
  ] as const)('a flag of %s wakes whom it concerns, once', async (restricted, woken) => {
    const roles = { 'security-engineer': ['security'], 'database-administrator': ['dba'] };
    const h = new Harness({ onCall: { ...everyLevel, ...roles } });
    await h.fails({ restricted });
    h.expectPage('primary', 'opened');
    h.expect('gather-evidence');
    for (const person of woken) h.expectPage(person, 'role-needed');
    await (await h.at('1s')).fails({ restricted });
    expect(h.unexpected()).toEqual([]);
  });

  test('a flag that is raised on an open incident wakes them then', async () => {
    const h = await new Harness({ onCall: { ...everyLevel, 'security-engineer': ['security'] } }).opened();
    await (await h.at('1min')).fails({ restricted: 'security', severity: 'P0' });
    expect(h.expectPage('security', 'role-needed').page).toMatchObject({ level: 'Security Engineer' });
    expect(h.unexpected()).toEqual([]);
  });

  const withDba = { ...everyLevel, 'database-administrator': ['dba'] };

  test('is woken once an incident, by the document', async () => {
    const h = await diagnosed(withDba);
    expect(h.expectPage('dba', 'role-needed').page).toMatchObject({ level: 'Database Administrator' });
    h.expect('gather-evidence');
    h.expect('prepare-steps');
    await h.at('10s');
    await h.diagnoses({ ...postgres, for: ['no connection at all'] });
    expect(h.unexpected()).toEqual([]);
  });

  test('is not woken when they have been woken already', async () => {
    const h = await diagnosed({ ...everyLevel, 'database-administrator': ['primary'] });
    h.expect('gather-evidence');
    h.expect('prepare-steps');
    expect(h.unexpected()).toEqual([]);
    expect(h.nudges()).toEqual([]);
  });

  test.each([
    ['fills it', everyLevel, 'but nobody fills it (nobody is named for it; expected an entry of onCall'],
    ['can be reached', { ...everyLevel, 'database-administrator': ['mute'] }, 'but mute cannot be reached'],
  ])(
    'where nobody %s it is said once, and to whoever answers for the incident',
    async (_why, onCall, why) => {
      const h = await diagnosed(onCall);
      h.expect('gather-evidence');
      h.expect('prepare-steps');
      const said = `Database Administrator is called for (dependency-down statefulset/postgres), ${why}`;
      expect(await notes(h)).toEqual([expect.stringContaining(said)]);
      expect(h.nudges()).toMatchObject([
        { person: 'primary', text: expect.stringContaining(said) as string },
      ]);
      await h.at('10s');
      await h.diagnoses({ ...postgres, for: ['no connection at all'] });
      expect(await h.count('noted')).toBe(1);
      expect(h.nudges()).toHaveLength(1);
      expect(await h.incident()).toMatchObject({ unfilledRoles: ['database-administrator'] });
    },
  );

  test('a flag for which nobody fills the role is said when the incident opens', async () => {
    const h = new Harness();
    await h.fails({ restricted: 'security' });
    h.expectPage('primary', 'opened');
    h.expect('gather-evidence');
    expect(await notes(h)).toEqual([expect.stringContaining('Security Engineer is called for')]);
    expect(h.nudges()).toMatchObject([{ person: 'primary' }]);
  });

  test.each([
    ['Datenbankadministrator', 'Sicherheitsbeauftragte'],
    ['DBA', 'Head of Security'],
    ['Administratrice de bases de données', 'Responsable sécurité'.normalize('NFD')],
    ['Administrador de base de datos', 'Ingeniera de seguridad'],
  ])('is found by its name: %s, %s', async (database, security) => {
    const roles = [database, security].map((name, index) => ({
      id: `role-${index}`,
      name,
      title: name,
      duty: '',
    }));
    const team = teamOf({ ...everyLevel, 'role-0': ['dba'], 'role-1': ['security'] });
    const h = new Harness({ engine: memoryEngine({ ...plan, roles }, team) });
    await h.fails({ restricted: 'integrity' });
    h.expectPage('primary', 'opened');
    h.expect('gather-evidence');
    expect(h.expectPage('security', 'role-needed').page.level).toBe(security);
    expect(h.expectPage('dba', 'role-needed').page.level).toBe(database);
  });

  test('is not woken for another dependency, nor on a mere guess', async () => {
    const h = await new Harness({ onCall: withDba }).opened();
    await h.diagnoses({ ...postgres, confidence: 0.5 });
    await h.diagnoses({ ...postgres, subject: 'statefulset/redis' });
    while (h.unexpected().length > 0)
      expect(h.expect(h.unexpected()[0]?.kind ?? 'page').kind).not.toBe('page');
  });
});

describe('a second report', () => {
  const declared = {
    kind: 'declare',
    serviceId: 's',
    severity: 'P0',
    text: 'no invoice can be written',
    assessment: quiet(0),
    drill: null,
    newId: 'inc_2',
    newNumber: 2,
  } as const;

  test('joins the open incident; worse than what is measured, it raises the severity for good and wakes the primary', async () => {
    const h = new Harness();
    await h.fails({ severity: 'P2' });
    h.expectPage('primary', 'opened');
    h.expect('gather-evidence');
    await h.by('primary', { kind: 'acknowledge' });
    await h.at('10min');
    await h.by('responder', declared);
    h.expectPage('primary', 'severity-raised');
    await h.by('primary', { kind: 'acknowledge' });
    for (const at of ['11min', '20min']) await (await h.at(at)).fails({ severity: 'P2' });
    expect(await h.incident()).toMatchObject({ id: 'inc_1', severity: 'P0', severityFloor: 'P0' });
    expect(await h.count('noted')).toBe(1);
  });

  test('that is not worse is a note', async () => {
    const h = await new Harness().opened();
    await h.by('responder', { ...declared, severity: 'P1' });
    expect(await h.incident()).toMatchObject({ severity: 'P0', severityFloor: null });
    expect(await h.count('noted')).toBe(1);
    await expect(h.by('viewer', declared)).rejects.toThrow('not-allowed');
    await expect(h.by('player', { ...declared, drill: drillOf })).rejects.toThrow('played by drills');
  });
});

const drillOf = { id: 'drill_1', name: 'node-failure', injectedAt: 0, holdMs: null };
