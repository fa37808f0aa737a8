import type { Incident } from '#incidents';
import type { Person } from '#oncall';

/** Slack contacts of whoever was paged or has a role. */
export function slackContactsOf(
  incident: Incident,
  people: readonly Person[],
): readonly { readonly person: string; readonly address: string }[] {
  const ids = new Set([...incident.pages.map((page) => page.person), ...Object.values(incident.roles)]);
  const found = people
    .filter((one) => ids.has(one.id) && (!one.drill || incident.drill !== null))
    .flatMap((one) =>
      one.contacts.flatMap((contact) =>
        contact.channel === 'slack' ? [{ person: one.id, address: contact.address }] : [],
      ),
    );
  return [...new Map(found.map((one) => [one.address, one])).values()];
}
