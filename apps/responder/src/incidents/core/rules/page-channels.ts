import type { ContactMethod } from '#oncall';
import type { Incident, Page } from '../incident.ts';

/** A contact method as pages and messages name it: `inbox`, `email:ADDRESS`. */
export function channelKey(contact: ContactMethod): string {
  return 'address' in contact ? `${contact.channel}:${contact.address}` : contact.channel;
}

/** The inbox keeps a page, but wakes nobody unless there is no other way. */
function wakes(page: Page): readonly Page['channels'][number][] {
  const loud = page.channels.filter((one) => one.channel !== 'inbox');
  return loud.length > 0 ? loud : page.channels;
}

/** True when no way that could wake the person is left. */
export function isLost(page: Page): boolean {
  return wakes(page).every((one) => one.state === 'failed');
}

/** People whose newest page failed on every way that could wake them. */
export function unreachablePeople(incident: Incident): ReadonlySet<string> {
  const newest = new Map(incident.pages.map((page) => [page.person, page]));
  return new Set([...newest.values()].filter(isLost).map((page) => page.person));
}
