import type { ContactMethod, ContactRule, Person } from '#oncall';

/** When one contact method of a page has its turn: milliseconds after the page; null: when another way has failed. */
export interface Turn {
  readonly contact: ContactMethod;
  readonly afterMs: number | null;
}

/**
 * The turns of a person's contact methods for a page of that severity. Without rules for it all have theirs at once: no page waits because
 * nobody wrote a rule. With rules, each method has the earliest of its turns, the inbox always the first, and what no rule names is kept in reserve.
 */
export function planSending(
  { contacts, rules = [] }: Pick<Person, 'contacts' | 'rules'>,
  severity: string,
): readonly Turn[] {
  const fitting = rules.filter((one) => one.severities === undefined || one.severities.includes(severity));
  const turns = contacts.map((contact) => ({ contact, afterMs: turnOf(contact, fitting) }));
  const wakes = turns.some((one) => one.contact.channel !== 'inbox' && one.afterMs !== null);
  return wakes ? turns : contacts.map((contact) => ({ contact, afterMs: 0 }));
}

function turnOf(contact: ContactMethod, rules: readonly ContactRule[]): number | null {
  if (contact.channel === 'inbox') return 0;
  const minutes = rules
    .filter((one) => one.by.some((name) => isNamed(contact, name)))
    .map((one) => one.afterMinutes);
  return minutes.length === 0 ? null : Math.min(...minutes) * 60_000;
}

/** `sms` names every SMS contact, `sms:NUMBER` one of them. */
export function isNamed(contact: ContactMethod, name: string): boolean {
  if (contact.channel === name) return true;
  return 'address' in contact && `${contact.channel}:${contact.address}` === name;
}
