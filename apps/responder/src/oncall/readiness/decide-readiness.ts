import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import type { Person } from '../on-call-view.ts';
import type { Team } from '../team/team.ts';
import { watchAhead } from '../watch-ahead.ts';

/** Something that would keep somebody from being woken. */
export interface Finding {
  /** `cannot-be-woken`: a person with the inbox alone, or a device that has gone. `gap`: nobody is on call. `never-called`: of a level that the document does not have. */
  readonly kind: 'cannot-be-woken' | 'gap' | 'never-called';
  readonly text: string;
}

/** How far ahead gaps are looked for. */
const aheadMs = 14 * 86_400_000;

/** What is not ready at `now`: people on call whom nothing could wake, and gaps of the 14 days to come. Empty: all is. */
export function decideReadiness(team: Team, plan: Plan, now: EpochMs): readonly Finding[] {
  const ahead = watchAhead(team, plan, now, now + aheadMs);
  const gaps = ahead.filter((one) => one.kind === 'gap');
  return [
    ...neverCalled(team, plan),
    ...ahead
      .filter((one) => one.kind === 'not-in-document')
      .map(({ where, because }): Finding => ({ kind: 'never-called', text: `${where}: ${because}` })),
    ...calledPeople(team)
      .filter((person) => !canBeWoken(person))
      .map((person): Finding => ({
        kind: 'cannot-be-woken',
        text: `${person.name} (${person.id}) has no way to be woken: expected a contact method beside the inbox`,
      })),
    ...team.goneDevices.flatMap(({ id, person, goneAt }): Finding[] => {
      const name = team.people.find((one) => one.id === person)?.name;
      if (name === undefined || goneAt === null) return [];
      return [
        {
          kind: 'cannot-be-woken',
          text: `${name} (${person}) is no longer woken on the device ${id} since ${iso(goneAt)}: expected that it is added there again`,
        },
      ];
    }),
    ...gaps.map(({ where, from, to, because }): Finding => ({
      kind: 'gap',
      text: `nobody is on call: ${where} from ${iso(from)} to ${iso(to)}: ${because}`,
    })),
  ];
}

/** External contacts that no level of the document asks for. */
function neverCalled({ external = [] }: Team, plan: Plan): Finding[] {
  const levels = Math.max(1, plan.escalation.length);
  return external
    .filter((one) => one.level > levels)
    .map(({ id, level }) => ({
      kind: 'never-called',
      text: `external contact ${id}: level ${level} is never reached; expected one of the document's, 1 to ${levels}`,
    }));
}

/** Everybody whom a level, a role, a schedule or an override may call. */
function calledPeople(team: Team): Person[] {
  const entries = Object.values(team.onCall).flat();
  const rosters = entries.flatMap((id) => team.rosters.get(id) ?? []);
  const ids = new Set([
    ...entries,
    ...rosters.flatMap((one) => one.schedule.layers.flatMap((layer) => layer.people)),
    ...rosters.flatMap((one) => one.overrides.map((override) => override.person)),
  ]);
  return team.people.filter((one) => !one.drill && ids.has(one.id));
}

/** The inbox keeps a page, but wakes nobody. */
function canBeWoken(person: Person): boolean {
  return person.contacts.some((contact) => contact.channel !== 'inbox');
}

function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}
