import { z } from 'zod';
import { instant } from './instant.ts';
import { actorView } from './person.ts';
import { idOfTeam } from './schedule.ts';

/** Whose calendar: everybody's of a schedule, or one person's of all schedules. */
export const feedDraft = z.strictObject({ kind: z.enum(['schedule', 'person']), subject: idOfTeam });
export type FeedDraft = z.input<typeof feedDraft>;

/** A link to a calendar; whoever has it may read it, until it is revoked. */
export const onCallFeed = z.object({
  id: z.string(),
  kind: z.enum(['schedule', 'person']),
  subject: z.string(),
  createdAt: instant,
  createdBy: actorView,
});
export type OnCallFeed = z.infer<typeof onCallFeed>;

/** The link itself is shown once: only its hash is stored. */
export const createdFeed = onCallFeed.extend({ url: z.string() });
export type CreatedFeed = z.infer<typeof createdFeed>;
