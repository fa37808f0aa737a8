import { z } from 'zod';
import { instant } from './instant.ts';
import { onCallWarning } from './on-call.ts';
import { actorView } from './person.ts';
import { storedTeam } from './team.ts';

/** One applied team; version 0 is that of the configuration, which nobody applied. */
export const teamVersion = z.object({
  version: z.int(),
  /** What it changed, one sentence each. */
  changes: z.array(z.string()),
  takenAt: instant.nullable(),
  takenBy: actorView.nullable(),
});
export type TeamVersionView = z.infer<typeof teamVersion>;

/** The team in use; its version is the `ETag` too. */
export const teamView = teamVersion.extend({ team: storedTeam });
export type TeamView = z.infer<typeof teamView>;

/** What a document would change, and what would be wrong with it in the 14 days to come. */
export const teamDiff = z.object({
  /** The version that it was compared with. */
  version: z.int(),
  changes: z.array(
    z.object({ kind: z.enum(['added', 'removed', 'changed']), what: z.string(), text: z.string() }),
  ),
  warnings: z.array(onCallWarning),
});
export type TeamDiff = z.infer<typeof teamDiff>;
