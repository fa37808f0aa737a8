import type { PageComponent, PageIncident, PageSnapshot } from '@tocsin/contract';

/** An incident as it is published. */
export function incident(more: Partial<PageIncident> = {}): PageIncident {
  return {
    id: 'inc_b',
    number: 12,
    drill: false,
    status: 'identified',
    worst: 'partial_outage',
    componentIds: ['data'],
    startedAt: '2026-03-26T18:31:00.000Z',
    resolvedAt: null,
    endMeasured: false,
    nextUpdateAt: '2026-03-26T19:30:00.000Z',
    updates: [
      {
        id: 'upd_2',
        status: 'identified',
        body: 'We **know why**. <script>alert(1)</script> [here](javascript:alert(1))',
        at: '2026-03-26T18:50:00.000Z',
      },
      { id: 'upd_1', status: 'investigating', body: 'Some requests fail.', at: '2026-03-26T18:35:00.000Z' },
    ],
    ...more,
  };
}

export const ended = incident({
  id: 'inc_a',
  number: 11,
  status: 'resolved',
  worst: 'major_outage',
  componentIds: ['data', 'login'],
  startedAt: '2026-01-31T23:30:00.000Z',
  resolvedAt: '2026-02-01T00:10:00.000Z',
  endMeasured: true,
  nextUpdateAt: null,
  updates: [],
});

export function component(more: Partial<PageComponent> = {}): PageComponent {
  const days = Array.from({ length: 90 }, (_, day) => (day < 10 ? null : day === 40 ? 0.9712 : 1));
  return {
    id: 'data',
    name: 'Data <API>',
    description: null,
    state: 'partial_outage',
    uptime: 0.99996,
    days,
    ...more,
  };
}

/** A page with one outage that goes on and one that is over. */
export function pageOf(
  more: Partial<PageSnapshot> = {},
  page: Partial<PageSnapshot['page']> = {},
): PageSnapshot {
  return {
    format: 1,
    page: {
      id: 'acme',
      name: 'Acme & Co',
      url: 'https://status.example.com',
      timeZone: 'Europe/Berlin',
      languages: ['en', 'de', 'fr', 'es'],
      accent: null,
      logoUrl: null,
      homeUrl: null,
      supportUrl: null,
      ...page,
    },
    changedAt: '2026-03-26T19:00:00.000Z',
    today: '2026-03-26',
    components: [
      component(),
      component({ id: 'login', name: 'Sign in', state: 'operational', uptime: null }),
    ],
    incidents: [incident(), ended],
    maintenance: [
      {
        id: 'weekly-1',
        title: 'weekly',
        status: 'scheduled',
        componentIds: ['data', 'login'],
        startsAt: '2026-04-02T18:00:00.000Z',
        endsAt: '2026-04-02T20:00:00.000Z',
      },
    ],
    ...more,
  };
}
