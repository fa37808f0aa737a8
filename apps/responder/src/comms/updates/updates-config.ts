import { z } from 'zod';
import { languages } from './templates/wording.ts';
import { templateFaults } from './drafts.ts';

const statuses = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
const audiences = ['internal', 'status-page', 'customers', 'executives'] as const;

const address = z.string().min(1);
const mail = z.email({ error: 'expected a mail address' });

/** Where an update goes: addresses as those of people, and the channel of the incident itself. */
const target = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('slack'), address }),
  z.strictObject({ channel: z.literal('incident-channel') }),
  z.strictObject({ channel: z.literal('teams'), address }),
  z.strictObject({ channel: z.literal('email'), address: mail }),
  z.strictObject({ channel: z.literal('webhook'), address }),
]);
export type UpdateTarget = z.infer<typeof target>;

const perLanguage = z.partialRecord(z.enum(languages), z.string().min(1).max(10_000));

/** Who is told what: targets by audience, customers by tenant, and texts of one's own. */
export const updatesSchema = z
  .strictObject({
    /** As customers know the service. */
    service: z.string().min(1).max(100).default('The service'),
    /** Of drafts that nobody asked for in another. */
    language: z.enum(languages).default('en'),
    /** Hosts that everybody may see, with all below them. */
    publicHosts: z
      .array(z.string().regex(/^[a-z0-9.-]+$/i, 'expected a host such as example.com'))
      .default([]),
    targets: z.partialRecord(z.enum(['internal', 'status-page', 'executives']), z.array(target)).default({}),
    /** Tenant -> mail addresses. */
    customers: z.record(z.string().min(1), z.array(mail).min(1)).default({}),
    templates: z.partialRecord(z.enum(audiences), z.partialRecord(z.enum(statuses), perLanguage)).default({}),
  })
  .superRefine(({ templates }, context) => {
    for (const { path, message } of templateFaults(templates))
      context.addIssue({ code: 'custom', path: ['templates', ...path], message });
  });

export type UpdatesConfig = z.infer<typeof updatesSchema>;

export const noUpdatesConfig: UpdatesConfig = {
  service: 'The service',
  language: 'en',
  publicHosts: [],
  targets: {},
  customers: {},
  templates: {},
};

/** What is missing in `channels` for a target; null when it can be reached. */
function whyNoTarget(
  one: UpdateTarget,
  channels: {
    readonly slack?: { readonly incidentChannels?: unknown } | undefined;
    readonly teams: Readonly<Record<string, unknown>>;
    readonly webhooks: Readonly<Record<string, unknown>>;
  },
): string | null {
  switch (one.channel) {
    case 'slack':
      return channels.slack === undefined ? 'no channels.slack is configured' : null;
    case 'incident-channel':
      return channels.slack?.incidentChannels === undefined
        ? 'no channels.slack.incidentChannels is configured'
        : null;
    case 'teams':
      return among('teams', one.address, channels.teams);
    case 'webhook':
      return among('webhooks', one.address, channels.webhooks);
    case 'email':
      // The mail server may be `smtp`, which is not of this part.
      return null;
    default:
      return one satisfies never;
  }
}

function among(name: string, wanted: string, known: Readonly<Record<string, unknown>>): string | null {
  if (Object.hasOwn(known, wanted)) return null;
  return `expected one of channels.${name}: ${Object.keys(known).join(', ') || '(none)'}`;
}

/** Targets of updates that no configured channel serves, with their place below `channels`. */
export function updateTargetFaults(
  channels: Parameters<typeof whyNoTarget>[1] & { readonly updates?: UpdatesConfig | undefined },
): readonly { readonly path: (string | number)[]; readonly message: string }[] {
  return Object.entries(channels.updates?.targets ?? {}).flatMap(([audience, targets]) =>
    targets.flatMap((one, index) => {
      const message = whyNoTarget(one, channels);
      return message === null ? [] : [{ path: ['updates', 'targets', audience, index], message }];
    }),
  );
}
