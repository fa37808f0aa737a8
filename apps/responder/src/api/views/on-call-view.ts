import type { OnCallNow } from '@tocsin/contract';
import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import { type Person, type Team, whoIsNext, whoIsOnCall } from '#oncall';
import { iso } from './iso.ts';

/** How far ahead the next person is looked for. */
const aheadMs = 14 * 86_400_000;

/** Who would be woken at `now`, and who is next. Addresses stay inside: the channels' names say enough. */
export function onCallNow(team: Team, plan: Plan, now: EpochMs): OnCallNow {
  const onCall = whoIsOnCall(team, plan, now);
  const next = whoIsNext(team, plan, now, now + aheadMs);
  return {
    at: iso(now),
    levels: onCall.levels.map(({ level, target, persons, gap }, index) => ({
      level,
      target,
      persons: persons.map(named),
      gap: gap ?? null,
      until: untilOf(next[index]?.until ?? null),
      next: (next[index]?.persons ?? []).map(named),
    })),
    roles: plan.roles.map(({ id, name }) => ({ id, name, persons: (onCall.roles[id] ?? []).map(named) })),
  };
}

function untilOf(at: EpochMs | null): string | null {
  return at === null ? null : iso(at);
}

function named(person: Person): OnCallNow['roles'][number]['persons'][number] {
  return {
    id: person.id,
    name: person.name,
    drill: person.drill,
    channels: [...new Set(person.contacts.map((contact) => contact.channel))],
  };
}
