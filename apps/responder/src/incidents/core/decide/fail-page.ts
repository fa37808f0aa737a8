import { nothing, refuse, type Draft } from '../draft.ts';
import type { PageChannel } from '../incident.ts';
import { refuseUnlessSystem } from '../rules/allow.ts';
import { isLost } from '../rules/page-channels.ts';
import { levelOf, pageLevel } from '../rules/page-level.ts';
import { aboutAfterHarm, stillCalls } from '../rules/still-calls.ts';
import type { Decider } from './decider.ts';

/** A channel could not hand the page over: for now (said once), or for good, and then the next person is woken at once. */
export const failPage: Decider<'page-failed'> = (draft, body) => {
  const refused = refuseUnlessSystem(draft.input);
  if (refused !== null) return { refused };
  const { incident } = draft;
  const page = incident.pages.find((one) => one.id === body.pageId);
  const channel = page?.channels.find((one) => one.channel === body.channel);
  if (page === undefined || channel === undefined)
    return refuse('not-found', `page ${body.pageId} was not sent by ${body.channel}`);
  const known = whyKnown(channel, body);
  if (known !== null) return nothing(known);
  const { pageId, detail, final } = body;
  draft.add({ type: 'page-failed', pageId, channel: body.channel, detail, final });
  if (final) wakeInstead(draft, page.id);
  return draft.done(final ? `${body.channel} cannot take it` : `${body.channel} failed; it is tried again`);
};

function whyKnown(
  channel: PageChannel,
  { final, afterwards = false }: { readonly final: boolean; readonly afterwards?: boolean },
): string | null {
  if (channel.state === 'failed') return 'already failed';
  if (channel.state === 'delivered' && !afterwards) return 'already delivered';
  return channel.state === 'retrying' && !final ? 'still trying' : null;
}

function wakeInstead(draft: Draft, pageId: string): void {
  const { incident } = draft;
  const page = incident.pages.find((one) => one.id === pageId);
  if (page === undefined || page.acknowledgedAt !== null || !stillCalls(incident)) return;
  if (isLost(page)) pageLevel(draft, levelOf(draft, page), 'undeliverable', aboutAfterHarm(incident));
}
