import type { EpochMs } from '#facts';
import type { Actor } from '../actor.ts';
import type { Incident, Page, PageChannel } from '../incident.ts';
import { isUnanswered } from '../rules/waiting.ts';
import type { Fold } from './fold.ts';

type PageEvents =
  | 'page-queued'
  | 'page-delivered'
  | 'page-failed'
  | 'page-receipt'
  | 'acknowledged'
  | 'assigned'
  | 'snoozed'
  | 'snooze-ended'
  | 'escalated';

export const pageFolds: { readonly [Type in PageEvents]: Fold<Type> } = {
  'page-queued': (incident, { page }) => ({
    pages: [...incident.pages, page],
    escalationLevel: Math.max(1, incident.escalationLevel),
  }),
  'page-delivered': (incident, body, { at }) =>
    changePage(incident, body.pageId, (page) => withChannel(page, body.channel, 'delivered', at)),
  'page-failed': (incident, body, { at }) =>
    changePage(incident, body.pageId, (page) =>
      withChannel(page, body.channel, body.final ? 'failed' : 'retrying', at),
    ),
  'page-receipt': (incident, { pageId, channel, text, skipped }, { at }) =>
    changePage(incident, pageId, (before) => {
      const page = skipped === true ? withChannel(before, channel, 'skipped', at) : before;
      return {
        ...page,
        channels: page.channels.map((one) => (one.channel === channel ? { ...one, receipt: text } : one)),
      };
    }),
  acknowledged: (incident, { by }, { at }) => answered(incident, by, at),
  assigned: (incident, { role, to }, { at }) => ({
    roles: { ...incident.roles, [role]: to },
    respondedAt: incident.respondedAt ?? at,
  }),
  snoozed: (incident, { until, by }, { at }) => ({ ...answered(incident, by, at), snoozedUntil: until }),
  'snooze-ended': () => ({ snoozedUntil: null }),
  escalated: (_incident, { level }, { at }) => ({ escalationLevel: level, escalatedAt: at }),
};

/** Every page that waited has its answer. */
function answered(incident: Incident, by: Actor, at: EpochMs): Partial<Incident> {
  return {
    acknowledgedAt: incident.acknowledgedAt ?? at,
    acknowledgedBy: by.id,
    ...(incident.acknowledgedAt === null ? {} : { answeredAt: at }),
    roles: { commander: by.id, ...incident.roles },
    respondedAt: incident.respondedAt ?? at,
    pages: incident.pages.map((page) =>
      isUnanswered(page) ? answer(page, by, at) : credited(page, incident),
    ),
  };
}

function answer(page: Page, by: Actor, at: EpochMs): Page {
  return { ...page, acknowledgedAt: at, acknowledgedBy: by.id };
}

/** Of a release that kept one answer for all: it is still theirs when others answer. */
function credited(page: Page, { acknowledgedBy }: Incident): Page {
  return page.acknowledgedBy === undefined && acknowledgedBy !== null ? { ...page, acknowledgedBy } : page;
}

function changePage(incident: Incident, id: string, change: (page: Page) => Page): Partial<Incident> {
  return { pages: incident.pages.map((page) => (page.id === id ? change(page) : page)) };
}

function withChannel(page: Page, channel: string, state: PageChannel['state'], at: EpochMs): Page {
  const channels = page.channels.map((one) => (one.channel === channel ? { ...one, state } : one));
  return {
    ...page,
    channels,
    state: pageState(channels),
    deliveredAt: page.deliveredAt ?? (state === 'delivered' ? at : null),
  };
}

function pageState(channels: readonly PageChannel[]): Page['state'] {
  if (channels.some((one) => one.state === 'delivered')) return 'delivered';
  return channels.every((one) => one.state === 'failed') ? 'failed' : 'queued';
}
