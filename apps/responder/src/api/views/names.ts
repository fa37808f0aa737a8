import type { ActorView } from '@tocsin/contract';
import type { Actor } from '#incidents';
import type { Person } from '#oncall';

/** Finds a person's name by id; an id nobody has any more stands for itself. */
export type NameOf = (personId: string) => string;

export function namesOf(people: readonly Person[]): NameOf {
  const names = new Map(people.map((person) => [person.id, person.name]));
  return (id) => names.get(id) ?? id;
}

export function actorView(actor: Actor): ActorView {
  return actor.kind === 'system'
    ? { kind: 'system', id: actor.id, name: 'Tocsin' }
    : { kind: actor.kind, id: actor.id, name: actor.name };
}
