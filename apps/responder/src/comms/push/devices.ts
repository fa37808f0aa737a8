import { randomBytes } from 'node:crypto';
import { addDevice, loseDevice, type Person, removeDevice, type Subscription } from '#oncall';
import { AppError, type Database } from '#platform';
import type { ChannelsConfig } from '../config/channels-config.ts';
import type { PushSending } from './push-channel.ts';
import { pushKeys } from './push-keys.ts';
import { whyNoPushService } from './push-service.ts';
import { readDevice } from './read-device.ts';

/** Browsers as contact methods. The verbs throw AppError. */
export interface Devices {
  /** What a browser subscribes with; null when no web push is configured. */
  publicKey(): Promise<string | null>;
  /** Adds a browser to a person's contact methods; answers the contact, `push:ID`. */
  add(person: Person, label: string, subscription: Subscription): Promise<string>;
  remove(person: Person, contact: string): Promise<void>;
}

export function createDevices(db: Database, config: ChannelsConfig['push']): Devices {
  return {
    publicKey: async () => (config === undefined ? null : (await pushKeys(db)).publicKey),
    add: async (person, label, subscription) => {
      if (config === undefined) throw new AppError('conflict', 'push: no channels.push is configured');
      const why = whyNoPushService(subscription.endpoint, config.services);
      if (why !== null) throw new AppError('invalid', why);
      const id = `${slugOf(label)}-${randomBytes(3).toString('hex')}`;
      return `push:${await db.transact((tx) => addDevice(tx, { id, person: person.id }, subscription))}`;
    },
    remove: async (person, contact) => {
      const id = contact.replace(/^push:/, '');
      if (!(await db.transact((tx) => removeDevice(tx, person.id, id))))
        throw new AppError('not-found', `contact: "${contact}" is none of your devices`);
    },
  };
}

/** `Firefox on Linux` as `firefox-on-linux`. */
function slugOf(label: string): string {
  const slug = label
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
  return slug === '' ? 'device' : slug;
}

/** What sending to devices needs. */
export function toDevices(db: Database, { subject }: NonNullable<ChannelsConfig['push']>): PushSending {
  return {
    subject,
    keys: () => pushKeys(db),
    deviceOf: (id) => readDevice(db, id),
    lose: (id) => db.transact((tx) => loseDevice(tx, id)),
  };
}
