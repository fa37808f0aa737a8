import type { OnCallNow } from '@tocsin/contract';
import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import type { OnCallView, Person } from '#oncall';
import { iso } from './iso.ts';

/** Who would be woken at `now`. Addresses stay inside: the channels' names say enough. */
export function onCallNow(onCall: OnCallView, plan: Plan, now: EpochMs): OnCallNow {
  return {
    at: iso(now),
    levels: onCall.levels.map(({ level, target, persons }) => ({
      level,
      target,
      persons: persons.map(named),
    })),
    roles: plan.roles.map(({ id, name }) => ({ id, name, persons: (onCall.roles[id] ?? []).map(named) })),
  };
}

function named(person: Person): OnCallNow['roles'][number]['persons'][number] {
  return {
    id: person.id,
    name: person.name,
    drill: person.drill,
    channels: [...new Set(person.contacts.map((contact) => contact.channel))],
  };
}
