import type { ContactRule } from './contact-rule.ts';
import type { ContactMethod } from './contact.ts';
import type { ExternalContact } from './external-contact.ts';
import type { Absence, Override, Schedule } from './schedule.ts';

/** A value of a team that fits no other. */
export interface TeamFault {
  readonly path: readonly (string | number)[];
  /** What was expected. */
  readonly message: string;
}

interface TeamMember {
  readonly id: string;
  readonly role: string;
  readonly drill: boolean;
  readonly contacts: readonly ContactMethod[];
  readonly rules?: readonly ContactRule[] | undefined;
}

/** What of a team refers to itself. */
export interface TeamReferences {
  readonly people: readonly TeamMember[];
  readonly schedules: readonly Schedule[];
  readonly onCall: Readonly<Record<string, readonly string[]>>;
  readonly overrides: readonly Override[];
  readonly away: readonly Absence[];
  readonly readiness?: { readonly owner: string } | undefined;
  readonly approvals?: { readonly singlePerson: boolean } | undefined;
  readonly external?: readonly ExternalContact[] | undefined;
}

/** Every reference to somebody or something that the team does not have, every id that is given twice, every end before its start. */
export function checkTeam(team: TeamReferences): readonly TeamFault[] {
  const people = new Set(team.people.map((one) => one.id));
  const schedules = new Set(team.schedules.map((one) => one.id));
  return [
    ...repeated(team.people, 'people'),
    ...team.people.flatMap(rules),
    ...repeated(team.schedules, 'schedules'),
    ...team.schedules.flatMap((one, index) => schedule(one, ['schedules', index], people)),
    ...targets(team.onCall, people, schedules),
    ...team.overrides.flatMap((one, index) => overrideFaults(one, ['overrides', index], { people, team })),
    ...team.away.flatMap((one, index) => [
      ...known(one.person, ['away', index, 'person'], people, 'the people'),
      ...inOrder(one, ['away', index]),
    ]),
    ...(team.readiness === undefined
      ? []
      : known(team.readiness.owner, ['readiness', 'owner'], people, 'the people')),
    ...singlePerson(team),
    ...repeated(team.external ?? [], 'external'),
    ...(team.external ?? []).flatMap(external),
  ];
}

/** Whoever is called at night needs a way there, and a message an address. */
function external({ phone, url, email, send }: ExternalContact, index: number): TeamFault[] {
  if (phone === undefined && url === undefined && email === undefined)
    return [{ path: ['external', index], message: 'expected a phone, a url or an email to reach them by' }];
  return send && email === undefined
    ? [{ path: ['external', index, 'send'], message: 'expected false, or an email to send to' }]
    : [];
}

/** Where two people could look, two people have to. */
function singlePerson({ approvals, people }: TeamReferences): TeamFault[] {
  if (approvals?.singlePerson !== true) return [];
  const able = people.filter((one) => !one.drill && (one.role === 'approver' || one.role === 'admin'));
  if (able.length === 1) return [];
  const message = `expected false: ${able.length} people may approve (${able.map((one) => one.id).join(', ') || 'nobody'}), and this is for a team of one`;
  return [{ path: ['approvals', 'singlePerson'], message }];
}

type Path = readonly (string | number)[];

/** A rule about a contact method that a person does not have would be found out at night. */
function rules({ contacts, rules: all = [] }: TeamMember, index: number): TeamFault[] {
  // Devices come and go by themselves: any person's rules may name them.
  const names = new Set([
    ...contacts.flatMap((one) =>
      'address' in one ? [one.channel, `${one.channel}:${one.address}`] : [one.channel],
    ),
    'push',
  ]);
  return all.flatMap((rule, at) =>
    rule.by.flatMap((name, nth) =>
      known(name, ['people', index, 'rules', at, 'by', nth], names, 'their contacts'),
    ),
  );
}

function repeated(list: readonly { readonly id: string }[], name: string, above: Path = []): TeamFault[] {
  return list.flatMap(({ id }, index) =>
    list.findIndex((one) => one.id === id) < index
      ? [{ path: [...above, name, index, 'id'], message: `expected another id: "${id}" is there already` }]
      : [],
  );
}

function schedule(one: Schedule, path: Path, people: ReadonlySet<string>): TeamFault[] {
  const clash = people.has(one.id)
    ? [{ path: [...path, 'id'], message: `expected another id: "${one.id}" is a person` }]
    : [];
  const members = one.layers.flatMap((layer, index) =>
    layer.people.flatMap((id, at) =>
      known(id, [...path, 'layers', index, 'people', at], people, 'the people'),
    ),
  );
  return [...clash, ...repeated(one.layers, 'layers', path), ...members];
}

function targets(
  onCall: TeamReferences['onCall'],
  people: ReadonlySet<string>,
  schedules: ReadonlySet<string>,
): TeamFault[] {
  const all = new Set([...people, ...schedules]);
  return Object.entries(onCall).flatMap(([key, ids]) =>
    ids.flatMap((id, index) => known(id, ['onCall', key, index], all, 'the people and schedules')),
  );
}

function overrideFaults(
  one: Override,
  path: Path,
  { people, team }: { readonly people: ReadonlySet<string>; readonly team: TeamReferences },
): TeamFault[] {
  const found = team.schedules.find(({ id }) => id === one.schedule);
  const layers = new Set(found?.layers.map(({ id }) => id));
  return [
    ...known(
      one.schedule,
      [...path, 'schedule'],
      new Set(team.schedules.map(({ id }) => id)),
      'the schedules',
    ),
    ...known(one.person, [...path, 'person'], people, 'the people'),
    ...(one.layer === undefined || found === undefined
      ? []
      : known(one.layer, [...path, 'layer'], layers, `the layers of ${found.id}`)),
    ...inOrder(one, path),
  ];
}

function inOrder(one: { readonly from: string; readonly to: string }, path: Path): TeamFault[] {
  return Date.parse(one.to) > Date.parse(one.from)
    ? []
    : [{ path: [...path, 'to'], message: `expected an instant after ${one.from}` }];
}

function known(id: string, path: Path, among: ReadonlySet<string>, where: string): TeamFault[] {
  if (among.has(id)) return [];
  const listed = [...among].slice(0, 20).join(', ') || 'there are none yet';
  return [{ path, message: `expected one of ${where}: ${listed}` }];
}
