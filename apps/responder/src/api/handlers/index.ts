import type { Handlers } from '../handler.ts';
import { actHandlers } from './act-handlers.ts';
import { alertHandlers } from './alert-handlers.ts';
import { contactHandlers } from './contact-handlers.ts';
import { drillHandlers } from './drill-handlers.ts';
import { feedHandlers } from './feed-handlers.ts';
import { onCallHandlers } from './on-call-handlers.ts';
import { readHandlers } from './read-handlers.ts';
import { runbookHandlers } from './runbook-handlers.ts';
import { sessionHandlers } from './session-handlers.ts';
import { statusPageHandlers } from './status-page-handlers.ts';
import { teamHandlers } from './team-handlers.ts';
import { updateHandlers } from './update-handlers.ts';

/** What each route of the contract does. */
export const handlers: Handlers = {
  ...sessionHandlers,
  ...readHandlers,
  ...actHandlers,
  ...alertHandlers,
  ...contactHandlers,
  ...drillHandlers,
  ...runbookHandlers,
  ...onCallHandlers,
  ...teamHandlers,
  ...feedHandlers,
  ...updateHandlers,
  ...statusPageHandlers,
};
