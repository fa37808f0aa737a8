import { z } from 'zod';

const number = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'expected a number in E.164, for example +4915112345678');
const slackId = z
  .string()
  .regex(/^[UWCGD][A-Z0-9]{2,}$/, 'expected the id of a user (U...) or channel (C...)');
const topic = z.string().regex(/^[-_A-Za-z0-9]{1,64}$/, 'expected a topic: letters, digits, - and _');
/** A key of `channels.webhooks` or `channels.teams`. */
const target = z.string().min(1).max(64);

/** A way to reach a person. */
export const contactMethod = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('email'), address: z.email() }),
  z.strictObject({ channel: z.literal('inbox') }),
  z.strictObject({ channel: z.literal('ntfy'), address: topic }),
  z.strictObject({ channel: z.literal('sms'), address: number }),
  z.strictObject({ channel: z.literal('voice'), address: number }),
  z.strictObject({ channel: z.literal('slack'), address: slackId }),
  z.strictObject({ channel: z.literal('teams'), address: target }),
  z.strictObject({ channel: z.literal('webhook'), address: target }),
  /** A browser that its person has added in the console; the address is its id. */
  z.strictObject({ channel: z.literal('push'), address: target }),
]);
export type ContactMethod = z.infer<typeof contactMethod>;
