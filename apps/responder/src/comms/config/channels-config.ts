import { z } from 'zod';
import { updatesSchema, updateTargetFaults } from '../updates/updates-config.ts';

/** Where a secret is kept: a file, or a variable of the environment. */
export type SecretPlace = { readonly file: string } | { readonly env: string };

/** Reads a secret; throws an Error that says what was expected. */
export type SecretReader = (place: SecretPlace) => string;

/** A value that must not stand in the configuration: `{ file: PATH }` or `{ env: NAME }`. */
export function secretSchema(read: SecretReader) {
  const places = z.union(
    [z.strictObject({ file: z.string().min(1) }), z.strictObject({ env: z.string().min(1) })],
    { error: 'expected a secret by { file: PATH } or { env: NAME }' },
  );
  return places.transform((place, context) => {
    try {
      return read(place);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });
}

/** One provider, or several: the next takes over when one fails. */
function providers<S extends z.ZodType>(one: S) {
  const several = z.array(one).min(1, 'expected a provider, or a list of them');
  return z
    .unknown()
    .transform((given, context): z.output<S>[] => {
      const parsed = Array.isArray(given)
        ? several.safeParse(given)
        : one.transform((single) => [single]).safeParse(given);
      if (parsed.success) return parsed.data;
      // A union would say no more than that none of both fits.
      for (const { path, message } of parsed.error.issues)
        context.addIssue({ code: 'custom', path, message });
      return z.NEVER;
    })
    .default([]);
}

const https = z.url({ protocol: /^https?$/, error: 'expected a url such as https://example.com' });
const name = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and dashes');

/** A url that is a secret itself. */
export function secretUrl(read: SecretReader) {
  return secretSchema(read).pipe(https);
}

/** Ways out of the responder. Each part may be absent; people can only have contacts on channels that are here. */
export function channelsSchema(read: SecretReader) {
  const secret = secretSchema(read);
  const twilio = z.strictObject({
    provider: z.literal('twilio'),
    account: z.string().regex(/^AC\w+$/, 'expected the SID of an account, AC...'),
    token: secret,
    from: z
      .string()
      .regex(/^(\+[1-9]\d{6,14}|MG\w+)$/, 'expected a number in E.164, or a messaging service MG...'),
    url: https.optional(),
  });
  const from = z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'expected a number in E.164: a messaging service MG... cannot call');
  return z
    .strictObject({
      /** Mail servers beside `smtp`. */
      email: providers(z.strictObject({ url: secret, from: z.string().min(1) })),
      ntfy: providers(z.strictObject({ url: https, token: secret.optional() })),
      sms: providers(twilio),
      voice: providers(twilio.extend({ from })),
      slack: z
        .strictObject({
          token: secret,
          signingSecret: secret.optional(),
          url: https.optional(),
          /** A channel of its own for each incident. */
          incidentChannels: z
            .strictObject({
              prefix: z
                .string()
                .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and dashes')
                .default('incident'),
              archiveAfterHours: z.number().min(0).max(8760).default(24),
            })
            .optional(),
        })
        .optional(),
      /** Web push to browsers that people add in the console. */
      push: z
        .strictObject({
          subject: z
            .string()
            .regex(/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/, 'expected mailto:ADDRESS or an https url'),
          /** Origins of push services beside those of the browsers. */
          services: z.array(https).default([]),
        })
        .optional(),
      teams: z.record(name, z.strictObject({ url: secretUrl(read) })).default({}),
      webhooks: z.record(name, z.strictObject({ url: https, secret })).default({}),
      /** Who is told how an incident stands. */
      updates: updatesSchema.optional(),
    })
    .superRefine((channels, context) => {
      for (const fault of updateTargetFaults(channels)) context.addIssue({ code: 'custom', ...fault });
    })
    .prefault({});
}

export type ChannelsConfig = z.infer<ReturnType<typeof channelsSchema>>;

/** Nothing but the inbox, and mail where `smtp` is. */
export const noChannels: ChannelsConfig = {
  email: [],
  ntfy: [],
  sms: [],
  voice: [],
  teams: {},
  webhooks: {},
};
