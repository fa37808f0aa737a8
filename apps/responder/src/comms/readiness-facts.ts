import type { ChannelState, Person, ReadinessFacts } from '#oncall';
import type { Queryable } from '#platform';
import { checkProviders } from './check-providers.ts';
import { contactsOfAll } from './contacts/list-contacts.ts';
import type { Providers } from './create-providers.ts';

/** However often somebody looks, providers are asked no more often: a wrong password said again and again locks accounts. */
const restMs = 60_000;

/** Looks up what people have proven, and asks providers. */
export function createReadinessFacts(
  db: Queryable,
  providers: Providers,
): (people: readonly Person[]) => Promise<ReadinessFacts> {
  let asked: { readonly at: number; readonly channels: Promise<readonly ChannelState[]> } | null = null;
  const channelsNow = (): Promise<readonly ChannelState[]> => {
    const now = performance.now();
    if (asked === null || now - asked.at >= restMs) asked = { at: now, channels: checkProviders(providers) };
    return asked.channels;
  };
  return async (people) => {
    const [contacts, channels] = await Promise.all([contactsOfAll(db, people, Date.now()), channelsNow()]);
    return { contacts, channels };
  };
}
