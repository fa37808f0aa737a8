import { z } from 'zod';
import { instant } from './instant.ts';

/** One of the asking person's contact methods. An unverified one is used all the same. */
export const contactView = z.object({
  /** As rules and timelines name it: `sms:+4915112345678`, `inbox`. */
  contact: z.string(),
  channel: z.string(),
  address: z.string().nullable(),
  /** The inbox is always: who reads it is signed in. */
  verified: z.boolean(),
  verifiedAt: instant.nullable(),
  /** Until when a code that was sent holds; null when none is out. */
  codeUntil: instant.nullable(),
});
export type ContactView = z.infer<typeof contactView>;

const contact = z.string().min(1).max(200);

export const sendContactCode = z.strictObject({ contact });
export const verifyContact = z.strictObject({
  contact,
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'expected the 6 digits that were sent'),
});
