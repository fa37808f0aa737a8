import { describe, expect, it } from 'vitest';
import { pageOf } from '../../test/page-snapshot.ts';
import { apiDocuments } from './v2.ts';

const documents = apiDocuments(pageOf());
const page = { id: 'acme', name: 'Acme & Co', url: 'https://status.example.com', time_zone: 'Europe/Berlin' };

/** Fields as Statuspage documents them for its clients. */
const componentFields = [
  'id',
  'name',
  'status',
  'created_at',
  'updated_at',
  'position',
  'description',
  'showcase',
  'start_date',
  'group_id',
  'page_id',
  'group',
  'only_show_if_degraded',
];
const incidentFields = [
  'id',
  'name',
  'status',
  'created_at',
  'updated_at',
  'monitoring_at',
  'resolved_at',
  'impact',
  'shortlink',
  'started_at',
  'page_id',
  'incident_updates',
  'components',
  'reminder_intervals',
];
const updateFields = [
  'id',
  'status',
  'body',
  'incident_id',
  'created_at',
  'updated_at',
  'display_at',
  'affected_components',
  'deliver_notifications',
  'custom_tweet',
  'tweet_id',
];

interface Document {
  readonly page: object;
  readonly status: object;
  readonly components: readonly object[];
  readonly incidents: readonly { id: string; incident_updates: readonly object[] }[];
  readonly scheduled_maintenances: readonly object[];
}
const read = (name: string): Document => {
  const document = documents[name];
  if (document === undefined) throw new Error(`${name}: expected a document`);
  return document as Document;
};

describe('the API', () => {
  it.each([
    'summary',
    'status',
    'components',
    'incidents',
    'incidents/unresolved',
    'scheduled-maintenances',
    'scheduled-maintenances/upcoming',
    'scheduled-maintenances/active',
  ])('answers %s.json for the page', (name) => {
    expect(read(`${name}.json`).page).toEqual({ ...page, updated_at: '2026-03-26T19:00:00.000Z' });
  });

  it('has the documented fields, and those alone', () => {
    const { components, incidents, scheduled_maintenances: planned } = read('summary.json');
    expect(Object.keys(components[0] ?? {})).toEqual(componentFields);
    expect(Object.keys(incidents[0] ?? {})).toEqual(incidentFields);
    expect(Object.keys(incidents[0]?.incident_updates[0] ?? {})).toEqual(updateFields);
    expect(Object.keys(planned[0] ?? {})).toEqual(
      expect.arrayContaining([
        ...incidentFields.filter((one) => one !== 'reminder_intervals'),
        'scheduled_for',
        'scheduled_until',
      ]),
    );
  });

  it('says how it stands, what goes on, and what was', () => {
    const summary = read('summary.json');
    expect(summary.status).toEqual({
      indicator: 'major',
      description: 'Some systems are partly out of service',
    });
    expect(summary.components).toMatchObject([
      { id: 'data', status: 'partial_outage', position: 1, start_date: '2026-01-06' },
      { id: 'login', status: 'operational', position: 2 },
    ]);
    expect(summary.incidents).toMatchObject([
      {
        id: 'inc_b',
        name: 'Partial outage: Data <API>',
        status: 'identified',
        impact: 'major',
        resolved_at: null,
        shortlink: 'https://status.example.com/incidents/inc_b/',
        components: [{ id: 'data' }],
      },
    ]);
    expect(read('incidents.json').incidents.map(({ id }) => id)).toEqual(['inc_b', 'inc_a']);
    expect(read('incidents.json').incidents[1]).toMatchObject({
      status: 'resolved',
      impact: 'critical',
      resolved_at: '2026-02-01T00:10:00.000Z',
      incident_updates: [{ status: 'resolved' }, { status: 'investigating' }],
    });
    expect(read('scheduled-maintenances/upcoming.json').scheduled_maintenances).toMatchObject([
      { status: 'scheduled', impact: 'maintenance', scheduled_for: '2026-04-02T18:00:00.000Z' },
    ]);
    expect(read('scheduled-maintenances/active.json').scheduled_maintenances).toEqual([]);
  });
});
