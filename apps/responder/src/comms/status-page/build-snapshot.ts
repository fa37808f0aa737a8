import type {
  ComponentConfig,
  PageComponent,
  PageMaintenance,
  PageSnapshot,
  StatusPageConfig,
} from '@tocsin/contract';
import type { EpochMs } from '#facts';
import { componentState } from './component-state.ts';
import { type IncidentFacts, publicIncident } from './public-incident.ts';
import { type UptimeSum, uptimeOf } from './uptime.ts';

/** One time that the whole service is, or was, in maintenance. */
export interface Occurrence {
  readonly name: string;
  readonly title: string;
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
}

export interface SnapshotInput {
  readonly at: EpochMs;
  readonly page: { readonly id: string; readonly url: string; readonly config: StatusPageConfig };
  readonly components: readonly ComponentConfig[];
  readonly incidents: readonly IncidentFacts[];
  /** What counts of each day, oldest first, today last. */
  readonly uptime: ReadonlyMap<string, readonly UptimeSum[]>;
  readonly maintenance: readonly Occurrence[];
}

/** All that the status page says at an instant; `changedAt` is the storage's to set. */
export function buildSnapshot(input: SnapshotInput): Omit<PageSnapshot, 'changedAt'> {
  const { at, page, components } = input;
  const { config } = page;
  const listings = input.incidents.map((one) => publicIncident(one, components, config.drills));
  const maintenance = input.maintenance.map((one) => pageMaintenance(one, components, at));
  const inMaintenance = maintenance.some(({ status }) => status === 'in_progress');
  return {
    format: 1,
    page: {
      id: page.id,
      name: config.name ?? page.id,
      url: page.url,
      timeZone: config.timeZone,
      languages: config.languages,
      accent: config.accent ?? null,
      logoUrl: config.logoUrl ?? null,
      homeUrl: config.homeUrl ?? null,
      supportUrl: config.supportUrl ?? null,
    },
    today: Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(config.timeZone)
      .toPlainDate()
      .toString(),
    components: components.map((component) => ({
      id: component.id,
      name: component.name,
      description: component.description ?? null,
      state: componentState(component, listings, inMaintenance),
      ...measuredUptime(input.uptime.get(component.id) ?? []),
    })),
    incidents: listings.flatMap(({ page: shown }) => (shown === null ? [] : [shown])),
    maintenance,
  };
}

function measuredUptime(days: readonly UptimeSum[]): Pick<PageComponent, 'uptime' | 'days'> {
  return { uptime: rounded(uptimeOf(days)), days: days.map((day) => rounded(uptimeOf([day]))) };
}

/** A ten-thousandth of a percent is some seconds of 90 days; never rounded up to better than it was. */
function rounded(share: number | null): number | null {
  return share === null ? null : Math.floor(share * 1e6) / 1e6;
}

function pageMaintenance(
  { name, title, startsAt, endsAt }: Occurrence,
  components: readonly ComponentConfig[],
  at: EpochMs,
): PageMaintenance {
  const status = at < startsAt ? 'scheduled' : at < endsAt ? 'in_progress' : 'completed';
  return {
    id: `${name}-${Math.floor(startsAt / 60_000).toString(36)}`,
    title,
    status,
    componentIds: components.map(({ id }) => id),
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
  };
}
