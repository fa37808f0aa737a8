import type { Person } from '#oncall';
import type { ChannelsConfig } from './channels-config.ts';
import { whyUnreachable } from './why-unreachable.ts';

/** A contact method that no configured channel serves: it would be found out at night. */
export interface UnreachableContact {
  /** Where it is in a team's document. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Every contact method that nothing could reach, with what was expected. */
export function unreachableContacts(
  people: readonly Pick<Person, 'id' | 'contacts'>[],
  channels: ChannelsConfig,
): readonly UnreachableContact[] {
  return people.flatMap(({ id, contacts }, index) =>
    contacts.flatMap((contact, at) => {
      const why = whyUnreachable(contact, channels);
      if (why === null) return [];
      const said = 'address' in contact ? `${contact.channel} ${contact.address}` : contact.channel;
      return [{ path: ['people', index, 'contacts', at], message: `people.${id}: contact ${said}; ${why}` }];
    }),
  );
}
