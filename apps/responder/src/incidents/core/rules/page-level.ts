import type { Draft } from '../draft.ts';
import type { Page, PageCause } from '../incident.ts';
import { acknowledgmentWindowMs } from './durations.ts';
import { channelKey, unreachablePeople } from './page-channels.ts';
import { pageText } from './page-text.ts';
import { nameOf, whoToWake, type Wake } from './who-to-wake.ts';

/** Wakes somebody for an escalation level (1-based) and starts the clock of the acknowledgment. Says so when nobody is left. `about`: more for the reader to know. */
export function pageLevel(draft: Draft, wanted: number, cause: PageCause, about?: string): void {
  const { onCall } = draft.input;
  const wake =
    whoToWake(onCall, wanted, unreachablePeople(draft.incident)) ??
    // Everybody has failed once; trying again is better than silence.
    (cause === 'undeliverable' ? null : whoToWake(onCall, wanted, new Set()));
  if (wake === null) {
    const text = `Nobody can be woken for ${nameOf(onCall, wanted)}: every level is empty or cannot be reached`;
    draft.add({ type: 'noted', by: { kind: 'system', id: 'core' }, text });
    // A page that was lost has a clock already; otherwise this one asks again until somebody can be woken.
    if (cause !== 'undeliverable') orderClock(draft, nobodyKey(wanted));
    return;
  }
  const note = about === undefined || wake.note === null ? (about ?? wake.note) : `${about}; ${wake.note}`;
  sendPage(draft, { ...wake, note }, cause);
}

/** Queues the page and starts the clock of its acknowledgment. */
export function sendPage(draft: Draft, wake: Wake, cause: PageCause): void {
  const page = newPage(draft, wake, cause);
  draft.add({ type: 'page-queued', page });
  draft.order({ kind: 'page', page, ...pageText(draft.incident, page, draft.input.plan) });
  orderClock(draft, page.id);
}

function orderClock(draft: Draft, key: string): void {
  const dueAt = draft.input.at + acknowledgmentWindowMs(draft.input.plan);
  draft.order({ kind: 'set-timer', timer: { kind: 'acknowledgment', dueAt, key } });
}

const nobody = 'nobody:';

/** Key of the clock that asks again whether anybody can be woken for a level. */
export function nobodyKey(wanted: number): string {
  return `${nobody}${wanted}`;
}

/** The level that nobody could be woken for, from the key of a clock; null for the clock of a page. */
export function levelWithoutPage(key: string): number | null {
  return key.startsWith(nobody) ? Number(key.slice(nobody.length)) : null;
}

/** Number of the level that a page went to; 1 when the plan no longer names it. */
export function levelOf(draft: Draft, page: Page): number {
  const index = draft.input.plan.escalation.findIndex((one) => one.level === page.level);
  return index === -1 ? 1 : index + 1;
}

function newPage(draft: Draft, wake: Wake, cause: PageCause): Page {
  const { incident, input } = draft;
  return {
    id: `${incident.id}-page-${incident.pages.length + 1}`,
    at: input.at,
    level: wake.role ?? input.plan.escalation[wake.level - 1]?.level ?? `level ${wake.level}`,
    person: wake.person.id,
    cause,
    note: wake.note,
    channels: wake.person.contacts.map((contact) => ({ channel: channelKey(contact), state: 'queued' })),
    state: 'queued',
    deliveredAt: null,
    acknowledgedAt: null,
  };
}
