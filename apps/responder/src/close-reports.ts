import type { Alerts } from '#alerts';
import type { EpochMs } from '#facts';
import type { Incident, Incidents } from '#incidents';
import type { Logger } from '#platform';

export interface CloseReportsOptions {
  readonly alerts: Pick<Alerts, 'closeReports'>;
  readonly incidents: Pick<Incidents, 'get' | 'list' | 'onChange'>;
  readonly serviceId: string;
  readonly log: Logger;
}

/** Closes what people reported when the incident that it belongs to has ended. Answers how to stop. */
export async function closeReportsWithIncidents(options: CloseReportsOptions): Promise<() => Promise<void>> {
  const { alerts, incidents, serviceId, log } = options;
  const close = async (id: string | null): Promise<void> => {
    // Null: notices may have been missed.
    const changed = id === null ? await incidents.list({ limit: lookBack }) : [await incidents.get(id)];
    for (const incident of changed) {
      const until = incident?.serviceId === serviceId ? endOf(incident) : null;
      if (incident !== null && until !== null)
        await alerts.closeReports(until, `incident #${incident.number} was closed`);
    }
  };
  const hear = (id: string | null): void => {
    close(id).catch((error: unknown) =>
      log.warn({ err: error }, 'reports could not be closed with their incident'),
    );
  };
  const unlisten = await incidents.onChange(({ id }) => hear(id));
  hear(null);
  return () => Promise.resolve(unlisten());
}

const lookBack = 10;

/** When it was closed, or held stable; null while it is open, and for one that goes on in another. */
function endOf({ status, resolvedAt, stableAt, mergedInto }: Incident): EpochMs | null {
  if (mergedInto !== null) return null;
  return status === 'resolved' || status === 'stable' ? (resolvedAt ?? stableAt) : null;
}
