import type { EpochMs } from '#facts';
import type { Incident, Page, PageChannel } from '../incident.ts';
import type { Fold } from './fold.ts';

type PageEvents = 'page-queued' | 'page-delivered' | 'page-failed' | 'acknowledged' | 'escalated';

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
  acknowledged: (incident, { by }, { at }) => ({
    acknowledgedAt: incident.acknowledgedAt ?? at,
    acknowledgedBy: incident.acknowledgedBy ?? by.id,
    respondedAt: incident.respondedAt ?? at,
    pages: incident.pages.map((page) => ({ ...page, acknowledgedAt: page.acknowledgedAt ?? at })),
  }),
  escalated: (_incident, { level }) => ({ escalationLevel: level }),
};

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
