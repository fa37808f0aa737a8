import type { Database } from '#platform';
import type { Channel } from './channel.ts';
import type { ChannelsConfig } from './config/channels-config.ts';
import { createEmailChannel } from './email/email-channel.ts';
import type { MailServer } from './email/mail-lane.ts';
import { createInboxChannel } from './inbox/inbox-channel.ts';
import { createNtfyChannel } from './ntfy/ntfy-channel.ts';
import { toDevices } from './push/devices.ts';
import { createPushChannel, type PushSending } from './push/push-channel.ts';
import { pushServiceOf } from './push/push-service.ts';
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
  /** The server that an address is at; absent: one server takes messages to all addresses. Never throws. */
  readonly serverOf?: (address: string) => string | Promise<string>;
  /** True: it throttles each address by itself. */
  readonly throttlesAddresses?: boolean;
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
    slack: slackOf(config.slack),
    push: config.push === undefined ? [] : [pushOf(toDevices(about.db, config.push))],
    teams: [{ name: 'teams', channel: createTeamsChannel(config.teams), serverOf: (address) => address }],
    synthetic: named('synthetic', [createSyntheticChannel()]),
    webhook: [
      { name: 'webhook', channel: createWebhookChannel(config.webhooks), serverOf: (address) => address },
    ],
  };
}

/** Slack counts messages by channel. Source: docs.slack.dev, rate limits of chat.postMessage. */
function slackOf(app: ChannelsConfig['slack']): readonly Provider[] {
  return app === undefined
    ? []
    : [{ name: 'slack', channel: createSlackChannel(app), throttlesAddresses: true }];
}

/** Each browser's maker has its own push service, which counts messages by device (RFC 8030, 8.4). */
function pushOf(sending: PushSending): Provider {
  const serverOf = (device: string): Promise<string> => pushServiceOf(sending, device);
  return { name: 'push', channel: createPushChannel(sending), serverOf, throttlesAddresses: true };
}

function named(name: string, channels: readonly Channel[]): readonly Provider[] {
  return channels.map((channel, index) => ({ name: index === 0 ? name : `${name}-${index + 1}`, channel }));
}
