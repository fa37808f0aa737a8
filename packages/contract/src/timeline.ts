import { z } from 'zod';
import { instant } from './instant.ts';
import { actorView } from './person.ts';
import { timelineKinds } from './timeline-kinds.ts';

/** One event of an incident in plain words. `seq` is its place in the log and its permanent address. */
export const timelineEntry = z.object({
  seq: z.int(),
  at: instant,
  kind: z.enum(timelineKinds),
  text: z.string(),
  actor: actorView,
  because: z.string(),
  links: z.array(z.object({ kind: z.enum(['evidence', 'step', 'page']), id: z.string(), label: z.string() })),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;
export type TimelineKind = TimelineEntry['kind'];
