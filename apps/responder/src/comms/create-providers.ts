import type { Database } from '#platform';
import type { Channel } from './channel.ts';
import type { ChannelsConfig } from './config/channels-config.ts';
import { createEmailChannel } from './email/email-channel.ts';
import type { MailServer } from './email/mail-lane.ts';
import { createInboxChannel } from './inbox/inbox-channel.ts';
import { createNtfyChannel } from './ntfy/ntfy-channel.ts';
import { toDevices } from './push/devices.ts';
import { createPushChannel } from './push/push-channel.ts';
import { createSlackChannel } from './slack/slack-channel.ts';
import { createSmsChannel } from './sms/sms-channel.ts';
import { createTeamsChannel } from './teams/teams-channel.ts';
import { callbackUrls } from './twilio/callback-urls.ts';
import { createVoiceChannel } from './voice/voice-channel.ts';
import { createSyntheticChannel } from './watchdog/synthetic-channel.ts';
import { createWebhookChannel } from './webhook/webhook-channel.ts';

/** One provider of a channel, `sms` or, the second of its kind, `sms-2`. */
export interface Provider {
  readonly name: string;
  readonly channel: Channel;
}

/** Providers by the channel's name, the first choice first. */
export type Providers = Readonly<Record<string, readonly Provider[]>>;

/** Every configured way out. `callbackBase`: where providers reach us; null when they cannot. */
export function createProviders(
  config: ChannelsConfig,
  about: {
    readonly db: Database;
    readonly smtp: MailServer | undefined;
    readonly callbackBase: string | null;
  },
): Providers {
  const urls = about.callbackBase === null ? null : callbackUrls(about.callbackBase);
  const statusUrl = urls?.status ?? null;
  const mail = [...(about.smtp === undefined ? [] : [about.smtp]), ...config.email];
  return {
    inbox: named('inbox', [createInboxChannel(about.db)]),
    email: named(
      'email',
      mail.map((one) => createEmailChannel(one)),
    ),
    ntfy: named(
      'ntfy',
      config.ntfy.map((one) => createNtfyChannel(one)),
    ),
    sms: named(
      'sms',
      config.sms.map((one) => createSmsChannel({ ...one, statusUrl })),
    ),
    voice: named(
      'voice',
      config.voice.map((one) => createVoiceChannel({ ...one, urls })),
    ),
    slack: named('slack', config.slack === undefined ? [] : [createSlackChannel(config.slack)]),
    push: named(
      'push',
      config.push === undefined ? [] : [createPushChannel(toDevices(about.db, config.push))],
    ),
    teams: named('teams', [createTeamsChannel(config.teams)]),
    synthetic: named('synthetic', [createSyntheticChannel()]),
    webhook: named('webhook', [createWebhookChannel(config.webhooks)]),
  };
}

function named(name: string, channels: readonly Channel[]): readonly Provider[] {
  return channels.map((channel, index) => ({ name: index === 0 ? name : `${name}-${index + 1}`, channel }));
}
