import type { ContactMethod } from '#oncall';
import type { ChannelsConfig } from './channels-config.ts';

/** What a contact needs: nothing, or a section of `channels`, or a name in one. */
const needs: Readonly<
  Record<ContactMethod['channel'], (channels: ChannelsConfig, address: string) => string | null>
> = {
  inbox: () => null,
  // Without a mail server people are reached by the inbox.
  email: () => null,
  ntfy: ({ ntfy }) => section('ntfy', ntfy.length > 0),
  sms: ({ sms }) => section('sms', sms.length > 0),
  voice: ({ voice }) => section('voice', voice.length > 0),
  slack: ({ slack }) => section('slack', slack !== undefined),
  push: () => 'expected no push here: devices are added in the console, on the device itself',
  teams: ({ teams }, address) => among('teams', address, teams),
  webhook: ({ webhooks }, address) => among('webhooks', address, webhooks),
};

/** What is missing in `channels` for a contact method; null when it can be used. */
export function whyUnreachable(contact: ContactMethod, channels: ChannelsConfig): string | null {
  return needs[contact.channel](channels, 'address' in contact ? contact.address : '');
}

function section(name: string, there: boolean): string | null {
  return there ? null : `expected channels.${name} to be configured`;
}

function among(name: string, address: string, known: Readonly<Record<string, unknown>>): string | null {
  if (Object.hasOwn(known, address)) return null;
  return `expected one of channels.${name}: ${Object.keys(known).join(', ') || '(none)'}`;
}
