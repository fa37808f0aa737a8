import { describe, expect, test } from 'vitest';
import type { Plan } from '@tocsin/runbook';
import type { Person } from './on-call-view.ts';
import { sameMeaning } from './same-meaning.ts';
import { createTeam } from './team/team.ts';
import { whoIsOnCall } from './who-is-on-call.ts';

const nowhere = { line: 1, column: 1, endLine: 1, endColumn: 1 };

function person(id: string): Person {
  return { id, name: id, role: 'approver', contacts: [{ channel: 'inbox' }], drill: false };
}

function plan(targets: readonly { target: string; roleId?: string }[]): Plan {
  const roles = [
    { id: 'primary-on-call', name: 'Primary On-Call', title: '', duty: '' },
    { id: 'secondary-on-call', name: 'Secondary On-Call', title: '', duty: '' },
    { id: 'database-administrator', name: 'Database Administrator', title: '', duty: '' },
  ];
  const escalation = targets.map((one, index) => ({
    level: `L${index + 1}`,
    fromMinutes: index * 30,
    toMinutes: null,
    source: nowhere,
    ...one,
  }));
  return { roles, escalation } as unknown as Plan;
}

function levelsOf(
  onCall: Record<string, string[]>,
  targets: { target: string; roleId?: string }[],
): string[][] {
  const team = createTeam({ people: ['primary', 'secondary', 'cleo'].map(person), onCall });
  return whoIsOnCall(team, plan(targets), 0).levels.map((level) => level.persons.map((one) => one.id));
}

describe('whoIsOnCall', () => {
  const matrix = [{ target: 'Primary on-call engineer' }, { target: 'Secondary on-call engineer' }];

  test('finds a level by the meaning of its target', () => {
    expect(
      levelsOf({ 'primary-on-call': ['primary'], 'secondary-on-call': ['secondary', 'primary'] }, matrix),
    ).toEqual([['primary'], ['secondary', 'primary']]);
  });

  test('an explicit level number wins over the meaning', () => {
    expect(levelsOf({ 'primary-on-call': ['primary'], '1': ['cleo'] }, matrix)).toEqual([['cleo'], []]);
  });

  test('the role that the document gives a level wins over its words', () => {
    expect(
      levelsOf({ 'database-administrator': ['secondary'] }, [
        { target: 'Whoever', roleId: 'database-administrator' },
      ]),
    ).toEqual([['secondary']]);
  });

  test('management and executives are found by their words alone', () => {
    const targets = [{ target: 'Engineering management' }, { target: 'Executive leadership' }];
    expect(levelsOf({ 'engineering-management': ['primary'], executives: ['cleo'] }, targets)).toEqual([
      ['primary'],
      ['cleo'],
    ]);
  });

  test('a document without a matrix still has somebody to wake', () => {
    expect(levelsOf({ 'primary-on-call': ['primary'] }, [])).toEqual([['primary']]);
  });

  test('a role without an entry is filled by the level that is its', () => {
    const team = createTeam({ people: ['primary', 'cleo'].map(person), onCall: { 1: ['primary'] } });
    const view = whoIsOnCall(team, plan(matrix), 0);
    expect(view.roles['primary-on-call']?.map((one) => one.id)).toEqual(['primary']);
    expect(view.roles['secondary-on-call']).toEqual([]);
    const own = createTeam({
      people: ['primary', 'cleo'].map(person),
      onCall: { 1: ['primary'], 'primary-on-call': ['cleo'] },
    });
    expect(whoIsOnCall(own, plan(matrix), 0).roles['primary-on-call']?.map((one) => one.id)).toEqual([
      'cleo',
    ]);
  });

  test('roles go by id, name or alias', () => {
    const team = createTeam({ people: [person('primary')], onCall: { DBA: ['primary'] } });
    expect(whoIsOnCall(team, plan([]), 0).roles['database-administrator']?.map((one) => one.id)).toEqual([
      'primary',
    ]);
  });
});

test('without a mail server nobody is left with a way that cannot work', () => {
  const primary: Person = {
    ...person('primary'),
    contacts: [{ channel: 'email', address: 'primary@example.org' }],
  };
  expect(createTeam({ people: [primary], onCall: {} }).people[0]?.contacts).toEqual([{ channel: 'inbox' }]);
  expect(createTeam({ people: [primary], onCall: {}, smtp: {} }).people[0]?.contacts).toEqual(
    primary.contacts,
  );
});

test.each([
  ['Primary on-call engineer', 'primary-on-call', true],
  ['Secondary On-Call', 'primary-on-call', false],
  ['Executive leadership', 'executives', true],
  ['', '', false],
])('%s ~ %s: %s', (one, other, same) => {
  expect(sameMeaning(one, other)).toBe(same);
});
