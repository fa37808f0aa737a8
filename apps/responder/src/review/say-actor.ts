import type { Actor } from '#incidents';

/** Who it was, in words. */
export function sayActor(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return actor.name;
    case 'token':
      return `token ${actor.name}`;
    case 'system':
      return `Tocsin (${actor.id})`;
    default:
      return actor satisfies never;
  }
}
