import { createTeam, type Person, type Team } from '../src/oncall/index.ts';
import type { Actor } from '../src/incidents/index.ts';

function person(id: string, more: Partial<Person> = {}): Person {
  const contacts = [{ channel: 'email', address: `${id}@example.org` }, { channel: 'inbox' }] as const;
  return { id, name: id, role: 'approver', contacts, drill: false, ...more };
}

/** Ann is primary, Bob secondary, Mia management, Eve executive; Vic only looks on, Rob may not approve, Dan plays in drills. */
export const people: readonly Person[] = [
  person('ann'),
  person('bob'),
  person('mia'),
  person('eve'),
  person('vic', { role: 'viewer' }),
  person('rob', { role: 'responder' }),
  person('dan', { drill: true }),
];

export const everyLevel: Record<string, string[]> = { 1: ['ann'], 2: ['bob'], 3: ['mia'], 4: ['eve'] };

export function teamOf(onCall: Record<string, string[]> = everyLevel): Team {
  return createTeam({ people, onCall, smtp: {} });
}

export const system: Actor = { kind: 'system', id: 'test' };

export function user(id: string): Actor {
  return { kind: 'user', id, name: id };
}
