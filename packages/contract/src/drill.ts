import { z } from 'zod';
import { instant } from './instant.ts';

/** Says that a fault was put in on purpose: incidents from now on carry the drill's mark. */
export const drillStart = z.strictObject({
  name: z.string().min(1).max(80),
  injectedAt: instant,
  /** Shortens the stability hold, in drills only; milliseconds. Null keeps the document's time. */
  holdMs: z.int().min(0).max(86_400_000).nullable().default(null),
});
export type DrillStart = z.input<typeof drillStart>;

export const drillStarted = z.object({ id: z.string() });
export type DrillStarted = z.infer<typeof drillStarted>;
