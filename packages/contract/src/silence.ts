import { z } from 'zod';
import { instant } from './instant.ts';

const line = z.string().trim().min(1).max(2000);

/** Keeps alerts back that match, for some minutes. */
export const silenceDraft = z.strictObject({
  /** `name="value"`, also with `!=`, `=~`, `!~`; all must hold. */
  matchers: z.array(z.string().min(1).max(1000)).min(1).max(50),
  minutes: z
    .number()
    .int()
    .min(1)
    .max(60 * 24 * 365),
  comment: line,
});
export type SilenceDraft = z.input<typeof silenceDraft>;

export const silenceView = z.object({
  id: z.string(),
  state: z.enum(['pending', 'active', 'expired']),
  matchers: z.array(z.string()),
  startsAt: instant,
  endsAt: instant,
  createdBy: z.string(),
  comment: z.string(),
});
export type SilenceView = z.infer<typeof silenceView>;
