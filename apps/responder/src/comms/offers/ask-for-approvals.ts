import { type Queryable, urlUnder } from '#platform';
import { slackContactsOf } from './slack-contacts-of.ts';
import type { OffersOptions } from './follow-offers.ts';
import { offersOf, type StepOffer } from './step-offer.ts';

/** Stores a notice for each open offer of these incidents, of all for null, and each Slack contact of their people; each once. */
export async function askForApprovals(
  { db, incidents, people, publicUrl }: OffersOptions,
  ids: readonly string[] | null,
): Promise<void> {
  for (const id of await incidentsWithOffers(db, ids)) {
    const incident = await incidents.get(id);
    if (incident === null) continue;
    const targets = slackContactsOf(incident, people());
    for (const offer of offersOf(incident))
      for (const target of targets)
        await db.transact(async (tx) => {
          const { rowCount } = await tx.query(
            `insert into notices (id, person, channel, address, subject, body, state, due_at, created_at, offer)
             values ($1, $2, 'slack', $3, $4, $5, 'queued', clock_timestamp(), clock_timestamp(), $6)
             on conflict (id) do nothing`,
            [
              `offer-${id}-${offer.stepId}-${target.address}`,
              target.person,
              target.address,
              `${incident.drill === null ? '' : 'DRILL '}#${incident.number} a change waits for approval: ${offer.label}`,
              whereElse(offer, publicUrl),
              JSON.stringify(offer),
            ],
          );
          if (rowCount > 0) tx.tell('notices', id);
        });
  }
}

async function incidentsWithOffers(db: Queryable, ids: readonly string[] | null): Promise<readonly string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from incidents where status <> 'resolved' and ($1::text[] is null or id = any($1))
       and snapshot @? '$.steps[*] ? (@.status == "proposed" && @.readyAt == null)'`,
    [ids],
  );
  return rows.map((one) => one.id);
}

function whereElse(offer: StepOffer, publicUrl: string | null): string {
  if (publicUrl === null) return `In the console, or: tocsin incident show ${offer.incidentId}`;
  return `With its checks and its dry run: ${urlUnder(publicUrl, `incidents/${offer.incidentId}`)}`;
}
