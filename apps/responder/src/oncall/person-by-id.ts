import type { Person } from './on-call-view.ts';

/** A team's list is never changed, but replaced: it is ordered once. */
const ordered = new WeakMap<readonly Person[], ReadonlyMap<string, Person>>();

/** Somebody of a team's people; null: nobody has this id. */
export function personById(people: readonly Person[], id: string | null): Person | null {
  let byId = ordered.get(people);
  if (byId === undefined) {
    byId = new Map(people.map((person) => [person.id, person]));
    ordered.set(people, byId);
  }
  return id === null ? null : (byId.get(id) ?? null);
}
