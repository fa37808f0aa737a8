import type { TeamFault } from '@tocsin/contract';
import type { Person } from '#oncall';
import type { ChannelsConfig } from './channels-config.ts';
import { whyUnreachable } from './why-unreachable.ts';

/** Every contact method that no configured channel serves, with its place and what was expected: it would be found out at night. */
export function unreachableContacts(
  people: readonly Pick<Person, 'contacts'>[],
  channels: ChannelsConfig,
): readonly TeamFault[] {
  return people.flatMap(({ contacts }, index) =>
    contacts.flatMap((contact, at) => {
      const message = whyUnreachable(contact, channels);
      return message === null ? [] : [{ path: ['people', index, 'contacts', at], message }];
    }),
  );
}
