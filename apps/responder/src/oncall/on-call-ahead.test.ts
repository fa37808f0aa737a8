import type { Plan } from '@tocsin/runbook';
import { describe, expect, test } from 'vitest';
import type { Person } from './on-call-view.ts';
import { createTeam, type TeamConfig } from './team/team.ts';
import { watchAhead } from './watch-ahead.ts';
import { whoIsNext } from './who-is-next.ts';
import { whoIsOnCall } from './who-is-on-call.ts';

const person = (id: string): Person => ({
  id,
  name: id,
  role: 'approver',
  contacts: [{ channel: 'inbox' }],
  drill: false,
});
const at = (text: string): number => Date.parse(text);
const source = { line: 1, column: 1, endLine: 1, endColumn: 1 };
const plan = {
  severities: [{ id: 'P0' }, { id: 'P1' }],
  roles: [{ id: 'database-administrator', name: 'Database Administrator', title: '', duty: '' }],
  escalation: ['Primary', 'Secondary'].map((target, index) => ({
    level: `L${index + 1}`,
    target,
    fromMinutes: 0,
    toMinutes: null,
    source,
  })),
} as unknown as Plan;

const rotation = (id: string, people: string[]) => ({
  id,
  zone: 'UTC',
  layers: [{ id: 'main', people, every: 'weekly', start: '2026-01-05T09:00', whenAway: 'next' as const }],
});
const config: TeamConfig = {
  people: ['ada', 'ben', 'cleo'].map(person),
  schedules: [rotation('first', ['ada', 'ben']), rotation('second', ['ben', 'ada'])],
  onCall: { 1: ['first'], 2: ['second', 'cleo'], DBA: ['first'] },
};
const week = { from: '2026-01-05T00:00Z', to: '2026-01-12T00:00Z' };
const now = at('2026-01-07T00:00Z');
const ids = (persons: readonly Person[] | undefined): string[] | undefined => persons?.map((one) => one.id);

describe('levels and roles that schedules fill', () => {
  test('are those on call by them at the instant', () => {
    const team = createTeam(config);
    expect(whoIsOnCall(team, plan, now).levels.map((one) => ids(one.persons))).toEqual([
      ['ada'],
      ['ben', 'cleo'],
    ]);
    expect(whoIsOnCall(team, plan, now + 7 * 86_400_000).levels.map((one) => ids(one.persons))).toEqual([
      ['ben'],
      ['ada', 'cleo'],
    ]);
    expect(ids(whoIsOnCall(team, plan, now).roles['database-administrator'])).toEqual(['ada']);
  });

  test('say whose place somebody takes', () => {
    const [level] = whoIsOnCall(
      createTeam({ ...config, away: [{ person: 'ada', ...week }] }),
      plan,
      now,
    ).levels;
    expect(level).toMatchObject({
      persons: [{ id: 'ben' }],
      because: { ben: 'stands in for ada, who is away' },
    });
  });

  test('name the reason of a gap, and who could be asked if there is nobody else', () => {
    const away = ['ada', 'ben', 'cleo'].map((who) => ({ person: who, ...week }));
    const view = whoIsOnCall(createTeam({ ...config, away }), plan, now);
    expect(view.levels.map((one) => [one.persons, one.gap])).toEqual([
      [[], 'schedule first: layer main has nobody who is not away'],
      [[], 'schedule second: layer main has nobody who is not away; cleo is away'],
    ]);
    expect(ids(view.away)).toContain('cleo');
  });

  test('tell who is next and when', () => {
    expect(whoIsNext(createTeam(config), plan, now, now + 14 * 86_400_000)).toMatchObject([
      { level: 1, until: at('2026-01-12T09:00Z'), persons: [{ id: 'ben' }] },
      { level: 2, until: at('2026-01-12T09:00Z'), persons: [{ id: 'ada' }, { id: 'cleo' }] },
    ]);
    expect(
      whoIsNext(createTeam({ ...config, onCall: { 1: ['cleo'] } }), plan, now, now + 86_400_000)[0]?.until,
    ).toBeNull();
  });
});

describe('watchAhead', () => {
  test('is silent where every level has its own person', () => {
    expect(watchAhead(createTeam(config), plan, now, now + 14 * 86_400_000)).toEqual([]);
  });

  test('tells two levels that would wake the same person, from when to when', () => {
    const found = watchAhead(
      createTeam({ ...config, away: [{ person: 'ben', ...week }] }),
      plan,
      now,
      now + 14 * 86_400_000,
    );
    expect(found).toEqual([
      {
        kind: 'same-person',
        where: 'level 2 (Secondary)',
        because: 'ada is called at level 1 too',
        from: now,
        to: at(week.to),
      },
    ]);
  });

  test('tells a level that nobody fills', () => {
    const found = watchAhead(
      createTeam({ ...config, onCall: { 1: ['first'], DBA: ['first'] } }),
      plan,
      now,
      now + 86_400_000,
    );
    expect(found.map((one) => [one.kind, one.where, one.from, one.to])).toEqual([
      ['gap', 'level 2 (Secondary)', now, now + 86_400_000],
    ]);
  });

  test('tells a role that nobody fills, and why, unless it is that of a level', () => {
    const away = [{ person: 'cleo', ...week }];
    const two = {
      ...plan,
      roles: [
        ...plan.roles,
        { id: 'primary', name: 'Primary', title: '', duty: '' },
        { id: 'security-engineer', name: 'Security Engineer', title: '', duty: '' },
      ],
    };
    const onCall = { 1: ['first'], 2: ['second'], dba: ['cleo'] };
    const found = watchAhead(createTeam({ ...config, onCall, away }), two, now, now + 14 * 86_400_000);
    expect(found).toEqual([
      {
        kind: 'gap',
        where: 'role Database Administrator',
        because: 'cleo is away',
        from: now,
        to: at(week.to),
      },
      {
        kind: 'gap',
        where: 'role Security Engineer',
        because: 'nobody is named for it; expected an entry of onCall, for example security-engineer',
        from: now,
        to: now + 14 * 86_400_000,
      },
    ]);
  });

  test('tells what the document does not have: entries that are never called, severities of no incident', () => {
    const rules = [{ afterMinutes: 0, by: ['inbox'], severities: ['P0', 'P7'] }];
    const people = [{ ...person('ada'), rules }, person('ben'), person('cleo')];
    const onCall = { ...config.onCall, 9: ['ada'], 'data-base': ['cleo'] };
    const team = createTeam({ ...config, people, onCall });
    const span = { kind: 'not-in-document', from: now, to: now + 86_400_000 };
    const known = 'it is never called; expected a level from 1 to 2, or one of database-administrator';
    expect(watchAhead(team, plan, now, now + 86_400_000)).toEqual([
      { ...span, where: 'on call for 9', because: known },
      { ...span, where: 'on call for data-base', because: known },
      { ...span, where: 'rule 1 of ada', because: 'severity P7; expected one of P0, P1' },
    ]);
  });
});
