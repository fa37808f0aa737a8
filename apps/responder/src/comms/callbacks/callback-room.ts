import type { Incidents } from '#incidents';
import type { OnCallView, Person } from '#oncall';
import type { Database } from '#platform';
import type { ChannelsConfig } from '../config/channels-config.ts';

/** What hearing providers needs. */
export interface CallbackRoom {
  readonly db: Database;
  readonly incidents: Incidents;
  readonly people: () => readonly Person[];
  readonly channels: ChannelsConfig;
  /** Where providers reach us, as their signatures name it; null: not at all. */
  readonly callbackBase: string | null;
  /** Who would be called now; null: nobody has said. */
  readonly onCallNow: () => OnCallView | null;
  /** How long what is said back to Slack may take. */
  readonly sayBackMs?: number | undefined;
}

/** The person with this contact. */
export function personAt(
  room: CallbackRoom,
  channels: readonly string[],
  address: string,
): Person | undefined {
  return room
    .people()
    .find((one) =>
      one.contacts.some(
        (contact) =>
          'address' in contact && channels.includes(contact.channel) && contact.address === address,
      ),
    );
}
