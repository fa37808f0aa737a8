import type { Actor } from './on-call-actor.ts';
import type { Person } from './on-call-view.ts';

/** The people of the configuration and who fills which level or role, before any document is read. */
export interface Team {
  readonly people: readonly Person[];
  /** Escalation level number, or role by id or meaning -> ids of people, first is primary. */
  readonly onCall: Readonly<Record<string, readonly string[]>>;
  /** The person behind an actor; null for the system and for strangers. */
  personOf(actor: Actor): Person | null;
}

/** What of the configuration makes a team. */
export interface TeamConfig {
  readonly people: readonly Person[];
  readonly onCall: Readonly<Record<string, readonly string[]>>;
  readonly smtp?: unknown;
}

/** The team of a configuration. Without a mail server nobody has an e-mail contact: the inbox is then the way to be reached. */
export function createTeam(config: TeamConfig): Team {
  const people = config.smtp === undefined ? config.people.map(withoutMail) : config.people;
  const byId = new Map(people.map((person) => [person.id, person]));
  return {
    people,
    onCall: config.onCall,
    personOf: (actor) => (actor.kind === 'system' ? null : (byId.get(actor.id) ?? null)),
  };
}

function withoutMail(person: Person): Person {
  const contacts = person.contacts.filter((contact) => contact.channel !== 'email');
  return { ...person, contacts: contacts.length > 0 ? contacts : [{ channel: 'inbox' }] };
}
