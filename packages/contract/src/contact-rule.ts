import { z } from 'zod';

/** When a person is told by which of their contact methods. */
export const contactRule = z.strictObject({
  /** After the page was sent; a page that was acknowledged by then is not sent. */
  afterMinutes: z.number().min(0).max(120),
  /** Channels (`sms`), or one contact method of several on it (`sms:+4915112345678`). */
  by: z.array(z.string().min(1)).min(1),
  /** Severities of the runbook that it is for; absent: all. */
  severities: z.array(z.string().min(1)).min(1).optional(),
});
export type ContactRule = z.infer<typeof contactRule>;
