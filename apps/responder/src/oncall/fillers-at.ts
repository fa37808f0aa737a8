import type { EpochMs } from '#facts';
import type { Person } from './on-call-view.ts';
import { whyNobody } from './schedule/find-warnings.ts';
import type { LayerAnswer } from './schedule/roster.ts';
import { isAway, whoIsOnCallAt } from './schedule/who-is-on-call-at.ts';
import type { Team } from './team/team.ts';

/** Who fills a level or a role at an instant. */
export interface Filled {
  readonly persons: readonly Person[];
  /** One sentence for each entry that gives nobody. */
  readonly gaps: readonly string[];
  /** Person -> why it is them. */
  readonly because: Readonly<Record<string, string>>;
  /** Named, but away. */
  readonly away: readonly Person[];
  /** Of layers that cannot be read, and not away. */
  readonly unread: readonly Person[];
}

/** The people behind entries, each the id of a person or of a schedule, at `at`; in order, each person once. */
export function fillersAt(team: Team, entries: readonly string[], at: EpochMs): Filled {
  const parts = entries.map((id) => partOf(team, id, at));
  const persons = parts.flatMap((part) => part.persons);
  return {
    persons: persons.filter((one, index) => persons.indexOf(one) === index),
    gaps: parts.flatMap((part) => part.gaps),
    because: Object.assign({}, ...parts.map((part) => part.because)) as Filled['because'],
    away: parts.flatMap((part) => part.away),
    unread: parts.flatMap((part) => part.unread),
  };
}

function partOf(team: Team, id: string, at: EpochMs): Filled {
  const roster = team.rosters.get(id);
  if (roster === undefined) return personPart(team, id, at);
  const onCall = whoIsOnCallAt(roster, at);
  const isAwayNow = (one: Person): boolean => isAway(team.away, one.id, at);
  const { layers } = roster.schedule;
  const members = layers.flatMap((layer) => layer.people);
  const unread = layers.flatMap((layer, index) =>
    isUnread(onCall.layers[index]) ? peopleOf(team, layer.people) : [],
  );
  return {
    persons: peopleOf(team, onCall.line),
    gaps: onCall.line.length === 0 ? [`schedule ${id}: ${whyNobody(onCall)}`] : [],
    because: Object.fromEntries(onCall.layers.flatMap((one) => whyThem(team, one))),
    away: peopleOf(team, members).filter(isAwayNow),
    unread: unread.filter((one) => !isAwayNow(one)),
  };
}

function isUnread(answer: LayerAnswer | undefined): boolean {
  return answer?.why === 'unreadable';
}

function personPart(team: Team, id: string, at: EpochMs): Filled {
  const persons = peopleOf(team, [id]);
  if (!isAway(team.away, id, at)) return { persons, gaps: [], because: {}, away: [], unread: [] };
  return { persons: [], gaps: [`${nameOf(team, id)} is away`], because: {}, away: persons, unread: [] };
}

function peopleOf(team: Team, ids: readonly string[]): Person[] {
  return ids.flatMap((id) => team.people.filter((person) => person.id === id));
}

function nameOf(team: Team, id: string): string {
  return team.people.find((one) => one.id === id)?.name ?? id;
}

function whyThem(team: Team, answer: LayerAnswer): [string, string][] {
  if (answer.person === null || answer.instead === null) return [];
  const instead = nameOf(team, answer.instead);
  const why =
    answer.why === 'override'
      ? `an override in the place of ${instead}`
      : `stands in for ${instead}, who is away`;
  return [[answer.person, why]];
}
