import { nothing, refuse } from '../draft.ts';
import { refuseUnlessSystem } from '../rules/allow.ts';
import type { Decider } from './decider.ts';

/** A channel has handed the page over. Once it is told that the page did not arrive, that stays so. */
export const deliverPage: Decider<'page-delivered'> = (draft, body) => {
  const refused = refuseUnlessSystem(draft.input);
  if (refused !== null) return { refused };
  const page = draft.incident.pages.find((one) => one.id === body.pageId);
  const channel = page?.channels.find((one) => one.channel === body.channel);
  if (channel === undefined)
    return refuse('not-found', `page ${body.pageId} was not sent by ${body.channel}`);
  if (channel.state === 'delivered') return nothing('already known');
  if (channel.state === 'failed') return nothing('already failed');
  draft.add({ type: 'page-delivered', pageId: body.pageId, channel: body.channel, detail: body.detail });
  return draft.done(`handed over by ${body.channel}`);
};
