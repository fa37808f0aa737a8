import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import type { Person } from '../on-call-view.ts';
import type { Team } from '../team/team.ts';
import { watchAhead } from '../watch-ahead.ts';
import type { ReadinessFacts } from './readiness-facts.ts';

/**
 * The gravest first. `channel-dead`: a provider that does not answer, or refuses our credentials. `cannot-be-woken`: a person with the
 * inbox alone, or a device that has gone. `gap`: nobody is on call. `never-called`: of a level that the document does not have.
 * `unverified`: a person who has proven none of their ways.
 */
export const findingKinds = ['channel-dead', 'cannot-be-woken', 'gap', 'never-called', 'unverified'] as const;

/** Something that would keep somebody from being woken. */
export interface Finding {
  readonly kind: (typeof findingKinds)[number];
  readonly text: string;
}

/** How far ahead gaps are looked for. */
const aheadMs = 14 * 86_400_000;

/**
 * What is not ready at `now`: people on call whom nothing could wake, or nothing that was proven to, channels that are dead, and gaps of
 * the 14 days to come. The gravest first; empty: all is.
 */
export function decideReadiness(
  team: Team,
  plan: Plan,
  facts: ReadinessFacts,
  now: EpochMs,
): readonly Finding[] {
  const ahead = watchAhead(team, plan, now, now + aheadMs);
  const gaps = ahead.filter((one) => one.kind === 'gap');
  return gravestFirst([
    ...neverCalled(team, plan),
    ...ahead
      .filter((one) => one.kind === 'not-in-document')
      .map(({ where, because }): Finding => ({ kind: 'never-called', text: `${where}: ${because}` })),
    ...calledPeople(team).flatMap((person) => whyNotWoken(person, facts)),
    ...deadChannels(facts),
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
  ]);
}

function gravestFirst(findings: readonly Finding[]): readonly Finding[] {
  return findingKinds.flatMap((kind) => findings.filter((one) => one.kind === kind));
}

/** The inbox keeps a page, but wakes nobody; a way that nobody has tried may lead nowhere. */
function whyNotWoken({ id, name, contacts }: Person, facts: ReadinessFacts): Finding[] {
  const ways = contacts.flatMap((one) => (one.channel === 'inbox' ? [] : [`${one.channel}:${one.address}`]));
  if (ways.length === 0) {
    const text = `${name} (${id}) has no way to be woken: expected a contact method beside the inbox`;
    return [{ kind: 'cannot-be-woken', text }];
  }
  const proven = facts.contacts.get(id) ?? [];
  if (proven.some((one) => one.verified && ways.includes(one.contact))) return [];
  // Everybody who may look reads this: addresses stay inside.
  const channels = [...new Set(ways.map((one) => one.split(':', 1)[0]))].join(', ');
  const text = `${name} (${id}) has verified no way to be woken (${channels}): expected one, by tocsin contact code`;
  return [{ kind: 'unverified', text }];
}

function deadChannels({ channels }: ReadinessFacts): Finding[] {
  return channels
    .filter((one) => one.state === 'dead')
    .map(({ name, reason }) => ({
      kind: 'channel-dead',
      text: `channel ${name} is dead: ${reason}; expected a provider that answers and takes our credentials`,
    }));
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

function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}
