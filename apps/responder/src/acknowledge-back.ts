import { type Alerts, type IntakeConfig, startTellingBack, type TellingBack } from '#alerts';
import type { Incident, Incidents } from '#incidents';
import { type Database, type Logger, urlUnder } from '#platform';

export interface AcknowledgeBackOptions {
  readonly db: Database;
  readonly alerts: Pick<Alerts, 'facts'>;
  readonly config: Pick<IntakeConfig, 'senders'>;
  readonly incidents: Pick<Incidents, 'applyIn' | 'get' | 'list' | 'onChange'>;
  readonly service: { readonly id: string; readonly namespace: string };
  /** The name of a person by id. */
  readonly nameOf: (person: string) => string;
  readonly publicUrl: string;
  readonly log: Logger;
}

const lookBack = 10;

/**
 * Tells the systems that raised an incident's alerts that somebody has taken it, and takes it back at its end. Beside the pages: no page
 * waits for it. Answers how to stop.
 */
export async function acknowledgeBack(options: AcknowledgeBackOptions): Promise<() => Promise<void>> {
  const { db, config, incidents, service, log } = options;
  const tell: Parameters<typeof startTellingBack>[0]['tell'] = async (tx, id, text) => {
    await incidents.applyIn(tx, id, { kind: 'note', text }, { kind: 'system', id: 'alerts' });
  };
  const telling = await startTellingBack({ db, serviceId: service.id, config, tell, log });
  if (telling === null) return () => Promise.resolve();
  let last: Promise<void> = Promise.resolve();
  const hear = (id: string | null): void => {
    last = last
      .then(() => look(options, telling, id))
      .catch((error: unknown) =>
        log.warn({ err: error }, 'who raised an alert could not be told; it is tried with the next change'),
      );
  };
  const unlisten = await incidents.onChange(({ id }) => hear(id));
  hear(null);
  return async () => {
    unlisten();
    await last;
    await telling.stop();
  };
}

async function look(options: AcknowledgeBackOptions, telling: TellingBack, id: string | null): Promise<void> {
  const { incidents, service } = options;
  // Null: notices may have been missed.
  const told = id === null ? await telling.incidents() : [id];
  const newest = id === null ? await incidents.list({ limit: lookBack }) : [];
  const found = [...newest, ...(await Promise.all(told.map((one) => incidents.get(one))))];
  for (const incident of found)
    if (incident !== null && incident.serviceId === service.id) await follow(options, telling, incident);
}

async function follow(
  { alerts, service, nameOf, publicUrl }: AcknowledgeBackOptions,
  telling: TellingBack,
  { id, number, status, drill, acknowledgedAt, acknowledgedBy }: Incident,
): Promise<void> {
  if (status === 'stable' || status === 'resolved') return telling.over(id);
  // A rehearsal quiets nothing elsewhere.
  if (acknowledgedAt === null || drill !== null) return;
  const by = nameOf(acknowledgedBy ?? 'somebody');
  const said = `Incident #${number} is acknowledged by ${by}: ${urlUnder(publicUrl, `incidents/${id}`)}`;
  const ours = alerts.facts
    .alerts()
    .filter(({ labels: { namespace } }) => namespace === undefined || namespace === service.namespace);
  await telling.taken({ incidentId: id, by, at: acknowledgedAt, said }, ours);
}
