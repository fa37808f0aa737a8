import { type TeamDraft, teamDocument } from '@tocsin/contract';
import { describe, expect, test } from 'vitest';
import { diffTeams } from './diff-teams.ts';
import { startVersion } from './start-version.ts';
import { whyRefused } from './why-refused.ts';

const person = (id: string, role: 'viewer' | 'responder' | 'approver' | 'admin' = 'approver') => ({
  id,
  name: id,
  role,
  contacts: [{ channel: 'inbox' as const }],
  drill: false,
});

const draft: TeamDraft = {
  people: [person('ada'), person('ben', 'responder')],
  schedules: [
    {
      id: 'platform',
      zone: 'Europe/Berlin',
      layers: [{ id: 'main', people: ['ada', 'ben'], start: '2026-01-05T09:00' }],
    },
  ],
  onCall: { 1: ['platform'], 2: ['ada'] },
  overrides: [{ schedule: 'platform', person: 'ben', from: '2026-01-06T09:00Z', to: '2026-01-07T09:00Z' }],
};
const team = (more: Partial<TeamDraft> = {}) => teamDocument.parse({ ...draft, ...more });

function faultsOf(more: object): string[] {
  const parsed = teamDocument.safeParse({ ...draft, ...more });
  return (parsed.error?.issues ?? []).map((one) => `${one.path.join('.')}: ${one.message}`);
}

describe('a team', () => {
  test.each<[string, object, string]>([
    [
      'somebody unknown on call',
      { onCall: { 1: ['eve'] } },
      'onCall.1.0: expected one of the people and schedules: ada, ben, platform',
    ],
    [
      'an id given twice',
      { people: [person('ada'), person('ada')] },
      'people.1.id: expected another id: "ada" is there already',
    ],
    [
      'a schedule named like a person',
      { people: [...(draft.people ?? []), person('platform')] },
      'schedules.0.id: expected another id: "platform" is a person',
    ],
    [
      'an unknown zone',
      { schedules: [{ ...draft.schedules?.[0], zone: 'Europe/Atlantis' }] },
      'schedules.0.zone: expected an IANA time zone such as Europe/Berlin',
    ],
    [
      'a day that is none',
      {
        schedules: [
          { id: 'x', zone: 'UTC', layers: [{ id: 'main', people: ['ada'], start: '2026-02-30T09:00' }] },
        ],
      },
      'schedules.0.layers.0.start: expected a date and a time without an offset, such as 2026-01-05T09:00',
    ],
    ...['2026-01-05T09:00Z', '2026-01-05T09:00:00.1234567890', '+999999-01-01T00:00'].map(
      (start): [string, object, string] => [
        `${start}, which no clock on the wall shows,`,
        { schedules: [{ id: 'x', zone: 'UTC', layers: [{ id: 'main', people: ['ada'], start }] }] },
        'schedules.0.layers.0.start: expected a date and a time without an offset, such as 2026-01-05T09:00',
      ],
    ),
    [
      'an unknown key of a contact',
      { people: [{ ...person('ada'), contacts: [{ channel: 'inbox', adress: 'x' }] }, person('ben')] },
      'people.0.contacts.0: Unrecognized key: "adress"',
    ],
    [
      'an end before its start',
      { away: [{ person: 'ada', from: '2026-02-02T00:00Z', to: '2026-02-01T00:00Z' }] },
      'away.0.to: expected an instant after 2026-02-02T00:00Z',
    ],
    [
      'an override of no schedule',
      { overrides: [{ schedule: 'x', person: 'ada', from: '2026-02-02T00:00Z', to: '2026-02-03T00:00Z' }] },
      'overrides.0.schedule: expected one of the schedules: platform',
    ],
  ])('refuses %s at its place', (_name, more, expected) => {
    expect(faultsOf(more)).toContain(expected);
  });

  test('a mistyped key is no silent default', () => {
    expect(faultsOf({ onCal: {} }).join()).toMatch(/[Uu]nrecognized key.*onCal/);
  });
});

describe('diffTeams', () => {
  test('says nothing about the same', () => {
    expect(diffTeams(team(), team())).toEqual([]);
  });

  test('names what was added, removed and changed', () => {
    const schedules = [
      {
        id: 'platform',
        zone: 'UTC',
        layers: [{ id: 'main', people: ['ben', 'ada'], start: '2026-01-05T09:00' }],
      },
    ];
    const after = team({
      people: [person('ada', 'admin'), person('ben', 'responder'), person('cleo')],
      schedules,
      onCall: { 1: ['platform', 'cleo'] },
      overrides: [],
    });
    expect(diffTeams(team(), after).map((one) => `${one.kind}: ${one.text}`)).toEqual([
      'removed: on call for 2 removed: people [ada]',
      'removed: override of platform by ben from 2026-01-06T09:00Z removed: to 2026-01-07T09:00Z',
      'changed: person ada: role approver -> admin',
      'added: person cleo added: name cleo, role approver, contacts [{channel: inbox}], drill false',
      'changed: schedule platform: zone Europe/Berlin -> UTC',
      'changed: layer main of schedule platform: people [ada, ben] -> [ben, ada]',
      'changed: on call for 1: people [platform] -> [platform, cleo]',
    ]);
  });
});

const textsOf = (before: TeamDraft['overrides'], after: TeamDraft['overrides']): string[] =>
  diffTeams(team({ overrides: before }), team({ overrides: after })).map((change) => change.text);

describe('diffTeams of a list in which order counts', () => {
  const one = { schedule: 'platform', person: 'ada', from: '2026-01-06T00:00Z', to: '2026-01-08T00:00Z' };
  const other = { ...one, person: 'ben', from: '2026-01-07T00:00Z' };
  test('overrides that change places are a change: where they meet the later counts', () => {
    expect(textsOf([one, other], [other, one])).toEqual([
      'order of overrides: [override of platform by ada from 2026-01-06T00:00Z, override of platform by ben from 2026-01-07T00:00Z] -> [override of platform by ben from 2026-01-07T00:00Z, override of platform by ada from 2026-01-06T00:00Z]',
    ]);
    expect(textsOf([one], [other, one])).toEqual([
      'override of platform by ben from 2026-01-07T00:00Z added: to 2026-01-08T00:00Z',
    ]);
  });

  test('two of one person that begin together are two', () => {
    const layered = { ...one, layer: 'main', to: '2026-01-07T00:00Z' };
    expect(textsOf([one], [one, layered])).toEqual([
      'override of platform by ada from 2026-01-06T00:00Z (2) added: to 2026-01-07T00:00Z, layer main',
    ]);
    expect(textsOf([one, layered], [layered, one])).not.toEqual([]);
  });

  test('the first admin is told what is not ready', () => {
    const people = [person('ada', 'admin'), person('ben', 'admin')];
    const changes = diffTeams(team({ people }), team({ people: people.toReversed() }));
    expect(changes.map((change) => change.text)).toEqual([
      'order of people: [person ada, person ben] -> [person ben, person ada]',
    ]);
  });
});

describe('external contacts', () => {
  const cloud = { id: 'cloud', name: 'Cloud support', level: 2, phone: '+49 30 1234567' };

  test.each<[string, object, RegExp]>([
    [
      'no way to reach them',
      { phone: undefined },
      /"external",\s+0\s+\].*expected a phone, a url or an email/s,
    ],
    ['a message without an address', { send: true }, /"send"\s+\].*expected false, or an email to send to/s],
    ['a level that is none', { level: 0 }, /"level"/],
    ['a telephone that is none', { phone: 'call me' }, /expected a telephone number/],
    ['an address of another kind', { url: 'ftp://x.example' }, /expected an address that begins with https/],
  ])('refuses %s with its place and what was expected', (_name, change, message) => {
    expect(() => team({ external: [{ ...cloud, ...change }] })).toThrow(message);
  });

  test('one id is one contact; a change of one is shown by itself', () => {
    expect(() => team({ external: [cloud, cloud] })).toThrow(/expected another id: \\?"cloud/);
    const changed = team({ external: [{ ...cloud, level: 3 }] });
    expect(diffTeams(team({ external: [cloud] }), changed).map((one) => one.text)).toEqual([
      'external contact cloud: level 2 -> 3',
    ]);
    expect(diffTeams(team(), changed).map((one) => one.text)).toEqual([
      'external contact cloud added: name Cloud support, level 3, phone +49 30 1234567, send false',
    ]);
  });
});

test('the team of the configuration is all that it says, until one is applied', () => {
  const said = team({
    approvals: { automatic: [{ action: 'undo-rollout' }] },
    external: [{ id: 'cloud', name: 'Cloud support', level: 2, phone: '+49 30 1234567' }],
    readiness: { owner: 'ada' },
  });
  expect(startVersion(said).document).toEqual(said);
});

describe('whyRefused', () => {
  const by = (role: 'approver' | 'admin') => person('ada', role);
  type Team = ReturnType<typeof team>;
  const refuse = (before: Team, document: Team, who: ReturnType<typeof by> | null) =>
    whyRefused({ before, document, by: who });

  test('an approver changes schedules and other approvers', () => {
    expect(
      refuse(
        team(),
        team({ onCall: { 1: ['ben'] }, people: [person('ada'), person('ben')] }),
        by('approver'),
      ),
    ).toBeNull();
  });

  test.each<[string, TeamDraft['people'], TeamDraft['people']]>([
    ['makes an admin', [person('ada')], [person('ada', 'admin')]],
    ['unmakes an admin', [person('ada'), person('root', 'admin')], [person('ada'), person('root', 'viewer')]],
    ['removes an admin', [person('ada'), person('root', 'admin')], [person('ada')]],
  ])('an approver never %s; an admin may', (_name, before, after) => {
    const teams = [before, after].map((people) => teamDocument.parse({ people, onCall: {} })) as [
      ReturnType<typeof team>,
      ReturnType<typeof team>,
    ];
    expect(refuse(...teams, by('approver'))?.code).toBe('not-allowed');
    expect(refuse(...teams, by('admin'))).toBeNull();
    expect(refuse(...teams, null)?.code).toBe('not-allowed');
  });

  test.each<[string, Partial<TeamDraft>]>([
    ['what is allowed without two pairs of eyes', { approvals: { singlePerson: true } }],
    [
      'with whose rights a change runs',
      { people: [{ ...person('ada'), clusterUser: 'root' }, person('ben', 'responder')] },
    ],
  ])('%s is an admin’s to say', (_what, change) => {
    expect(refuse(team(), team(change), by('approver'))?.message).toContain('expected an admin');
    expect(refuse(team(), team(change), by('admin'))).toBeNull();
  });

  test('a team in which nobody could change it back is none', () => {
    const after = team({ people: [person('ada', 'viewer'), person('ben', 'responder')] });
    expect(refuse(team(), after, by('admin'))?.message).toContain('expected at least one approver or admin');
  });

  test('names every place at once, whatever is refused', () => {
    const people = [person('ada', 'admin'), { ...person('ben', 'responder'), clusterUser: 'root' }];
    const misfits = [{ path: ['people', 1, 'contacts', 0], message: 'expected another way' }];
    const refused = whyRefused({
      before: team(),
      document: team({ people }),
      by: by('approver'),
      misfitsOf: () => misfits,
    });
    expect(refused?.code).toBe('not-allowed');
    expect(refused?.issues).toEqual([
      {
        place: 'people.0.role',
        value: '"admin"',
        expected:
          'expected somebody with at least the role admin to add, change or remove ada, not ada with the role approver',
      },
      {
        place: 'people.1.clusterUser',
        value: '"root"',
        expected: 'expected an admin to change it, not ada with the role approver',
      },
      { place: 'people.1.contacts.0', value: '{"channel":"inbox"}', expected: 'expected another way' },
    ]);
    expect(refused?.message.split('\n')[2]).toBe(
      'people.1.contacts.0: {"channel":"inbox"}; expected another way',
    );
  });
});
