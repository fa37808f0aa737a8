import { z } from 'zod';
import { idOfTeam } from './schedule.ts';

/** Somebody outside of the team, for example a provider's support: a person calls them when an escalation level is reached. */
export const externalContact = z.strictObject({
  id: idOfTeam,
  name: z.string().trim().min(1).max(100),
  /** The escalation level that asks for them, 1 the first. */
  level: z.int().min(1).max(20),
  phone: z
    .string()
    .regex(/^\+?\d[\d ()/.-]{2,30}$/, 'expected a telephone number, for example +49 151 12345678')
    .optional(),
  url: z.url({ protocol: /^https?$/, error: 'expected an address that begins with https://' }).optional(),
  email: z.email().optional(),
  /** Contract or account number: what they ask for first. */
  reference: z.string().trim().min(1).max(200).optional(),
  /** What to say to them. */
  say: z.string().trim().min(1).max(1000).optional(),
  /** Tell them by e-mail at once, with what the public may know; a person still calls. */
  send: z.boolean().default(false),
});
export type ExternalContact = z.output<typeof externalContact>;
