import type { Actor } from '#incidents';
import type { Person } from '#oncall';

/** Who is asking, and how the request proved it. */
export interface Caller {
  readonly person: Person;
  readonly via: 'session' | 'token';
}

/** The caller as the event log names them. A person's session and tokens are one person: the two-person rule counts ids. */
export function actorOf(caller: Caller): Actor {
  const kind = caller.via === 'session' ? 'user' : 'token';
  return { kind, id: caller.person.id, name: caller.person.name };
}
