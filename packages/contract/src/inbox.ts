import { z } from 'zod';
import { instant } from './instant.ts';

/** A page in a person's console inbox. */
export const inboxItem = z.object({
  id: z.string(),
  /** Null for a notice: it is about no incident. */
  incidentId: z.string().nullable(),
  subject: z.string(),
  body: z.string(),
  at: instant,
  readAt: instant.nullable(),
  /** When somebody acknowledged this page; null: it still rings. */
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  incidentStatus: z.string(),
  severity: z.string(),
});
export type InboxItem = z.infer<typeof inboxItem>;
