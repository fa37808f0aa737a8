import { z } from 'zod';
import { instant } from './instant.ts';
import { statusView } from './status.ts';

/**
 * Events of `GET /api/stream` (server-sent events, named by `event:`).
 * `resync` says that events may have been missed: read again what is on the screen.
 */
export const streamEvents = {
  'incident-changed': z.object({ id: z.string(), revision: z.int() }),
  /** The runbook in use, or what stands beside it, has changed: read `GET /api/runbook`. */
  'runbook-changed': z.object({ hash: z.string() }),
  /** The team, an override or an absence has changed: who is on call may have. */
  'team-changed': z.object({ version: z.int() }),
  status: statusView,
  heartbeat: z.object({ at: instant }),
  resync: z.object({ because: z.string() }),
} as const;

export type StreamEventName = keyof typeof streamEvents;
export type StreamEvent = {
  [Name in StreamEventName]: { readonly name: Name; readonly data: z.infer<(typeof streamEvents)[Name]> };
}[StreamEventName];
