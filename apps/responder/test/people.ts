import { createTeam, type Person, type Team } from '../src/oncall/index.ts';
import type { Actor } from '../src/incidents/index.ts';

function person(id: string, more: Partial<Person> = {}): Person {
  const contacts = [{ channel: 'email', address: `${id}@example.org` }, { channel: 'inbox' }] as const;
  return { id, name: id, role: 'approver', contacts, drill: false, ...more };
}

/** One person a level of the document; beside them a database administrator, a security engineer, one without any contact, one who only looks on, one who may not approve, and one who plays in drills. */
export const people: readonly Person[] = [
  person('primary'),
  person('secondary'),
  person('management'),
  person('executive'),
  person('dba'),
  person('security'),
  person('mute', { contacts: [] }),
  person('viewer', { role: 'viewer' }),
  person('responder', { role: 'responder' }),
  person('player', { drill: true }),
];

export const everyLevel: Record<string, string[]> = {
  1: ['primary'],
  2: ['secondary'],
  3: ['management'],
  4: ['executive'],
};

/** A provider's support: called at level 2, and sent a message. */
export const support = {
  id: 'support',
  name: 'Cloud support',
  level: 2,
  phone: '+49 30 1234567',
  email: 'support@cloud.example',
  reference: 'account 4711',
  say: 'We are in region north, zone b.',
  send: true,
} as const;

export function teamOf(
  onCall: Record<string, string[]> = everyLevel,
  approvals: Team['approvals'] = undefined,
  external: Team['external'] = undefined,
): Team {
  return createTeam({ people, onCall, smtp: {}, approvals, external });
}

export const system: Actor = { kind: 'system', id: 'test' };

export function user(id: string): Actor {
  return { kind: 'user', id, name: id };
}

export function personCalled(id: string): Person {
  const found = people.find((one) => one.id === id);
  if (found === undefined) throw new Error(`nobody is called ${id}`);
  return found;
}
