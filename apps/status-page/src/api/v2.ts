import type {
  ComponentState,
  PageComponent,
  PageIncident,
  PageMaintenance,
  PageSnapshot,
} from '@tocsin/contract';
import { overallState } from '../pages/home-page.ts';
import { plainText } from '../pages/markdown.ts';
import { incidentTitle, shownUpdates } from '../pages/shown-updates.ts';
import { english } from '../words/en.ts';

/** Statuspage's read-only API, version 2: the paths and fields that its clients read. */
export function apiDocuments(snapshot: PageSnapshot): Readonly<Record<string, object>> {
  const page = pageOf(snapshot);
  const incidents = snapshot.incidents.map((one) => incidentOf(snapshot, one));
  const unresolved = incidents.filter(({ status }) => status !== 'resolved');
  const maintenances = snapshot.maintenance.map((one) => maintenanceOf(snapshot, one)).toReversed();
  const withStatus = (...wanted: readonly string[]) =>
    maintenances.filter(({ status }) => wanted.includes(status));
  const components = snapshot.components.map((one, index) => componentOf(snapshot, one, index));
  const status = statusOf(snapshot);
  const going = withStatus('scheduled', 'in_progress');
  return {
    'summary.json': { page, components, incidents: unresolved, scheduled_maintenances: going, status },
    'status.json': { page, status },
    'components.json': { page, components },
    'incidents.json': { page, incidents: incidents.slice(0, 50) },
    'incidents/unresolved.json': { page, incidents: unresolved },
    'scheduled-maintenances.json': { page, scheduled_maintenances: maintenances.slice(0, 50) },
    'scheduled-maintenances/upcoming.json': { page, scheduled_maintenances: withStatus('scheduled') },
    'scheduled-maintenances/active.json': { page, scheduled_maintenances: withStatus('in_progress') },
  };
}

const indicators: Readonly<Record<ComponentState, 'none' | 'minor' | 'major' | 'critical' | 'maintenance'>> =
  {
    operational: 'none',
    under_maintenance: 'maintenance',
    degraded_performance: 'minor',
    partial_outage: 'major',
    major_outage: 'critical',
  };

function pageOf({ page, changedAt }: PageSnapshot) {
  return { id: page.id, name: page.name, url: page.url, time_zone: page.timeZone, updated_at: changedAt };
}

function statusOf(snapshot: PageSnapshot) {
  const state = overallState(snapshot);
  return { indicator: indicators[state], description: english.overall[state] };
}

function componentOf({ page, changedAt, today }: PageSnapshot, one: PageComponent, index: number) {
  const measured = one.days.findIndex((day) => day !== null);
  const since =
    measured < 0 ? null : Temporal.PlainDate.from(today).subtract({ days: one.days.length - 1 - measured });
  return {
    id: one.id,
    name: one.name,
    status: one.state,
    created_at: since === null ? changedAt : `${since.toString()}T00:00:00.000Z`,
    updated_at: changedAt,
    position: index + 1,
    description: one.description,
    showcase: true,
    start_date: since?.toString() ?? null,
    group_id: null,
    page_id: page.id,
    group: false,
    only_show_if_degraded: false,
  };
}

function componentsOf(snapshot: PageSnapshot, ids: readonly string[]) {
  return snapshot.components
    .map((one, index) => componentOf(snapshot, one, index))
    .filter(({ id }) => ids.includes(id));
}

function incidentOf(snapshot: PageSnapshot, one: PageIncident) {
  const names = new Map(snapshot.components.map(({ id, name }) => [id, name]));
  const updates = shownUpdates(one, english).map((update) => ({
    id: update.id,
    status: update.status,
    body: plainText(update.body),
    incident_id: one.id,
    created_at: update.at,
    updated_at: update.at,
    display_at: update.at,
    affected_components: one.componentIds.map((id) => ({ code: id, name: names.get(id) ?? id })),
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  }));
  const monitoring = updates.findLast(({ status }) => status === 'monitoring');
  return {
    id: one.id,
    name: incidentTitle(one, english, names),
    status: one.status,
    created_at: updates.at(-1)?.created_at ?? one.startedAt,
    updated_at: updates[0]?.updated_at ?? one.startedAt,
    monitoring_at: monitoring?.created_at ?? null,
    resolved_at: one.resolvedAt,
    impact: one.worst === null ? 'none' : indicators[one.worst],
    shortlink: `${snapshot.page.url.replace(/\/$/, '')}/incidents/${one.id}/`,
    started_at: one.startedAt,
    page_id: snapshot.page.id,
    incident_updates: updates,
    components: componentsOf(snapshot, one.componentIds),
    reminder_intervals: null,
  };
}

function maintenanceOf(snapshot: PageSnapshot, one: PageMaintenance) {
  const ended = one.status === 'completed';
  return {
    id: one.id,
    name: one.title,
    status: one.status,
    created_at: one.startsAt,
    updated_at: ended ? one.endsAt : one.startsAt,
    monitoring_at: null,
    resolved_at: ended ? one.endsAt : null,
    impact: 'maintenance',
    shortlink: snapshot.page.url,
    started_at: one.startsAt,
    page_id: snapshot.page.id,
    incident_updates: [],
    components: componentsOf(snapshot, one.componentIds),
    scheduled_for: one.startsAt,
    scheduled_until: one.endsAt,
  };
}
