import { nothing, refuse } from '../draft.ts';
import { refuseUnlessSystem } from '../rules/allow.ts';
import type { Decider } from './decider.ts';

/** A provider tells how far a page has come that it took: said once each. */
export const notePageReceipt: Decider<'page-receipt'> = (draft, { pageId, channel, text, skipped }) => {
  const refused = refuseUnlessSystem(draft.input);
  if (refused !== null) return { refused };
  const page = draft.incident.pages.find((one) => one.id === pageId);
  const sentBy = page?.channels.find((one) => one.channel === channel);
  if (sentBy === undefined) return refuse('not-found', `page ${pageId} was not sent by ${channel}`);
  if (sentBy.receipt === text) return nothing('already known');
  draft.add({ type: 'page-receipt', pageId, channel, text, ...(skipped === true ? { skipped } : {}) });
  return draft.done(`${channel}: ${text}`);
};
