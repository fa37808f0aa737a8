import type { Incident } from '#incidents';
import type { Queryable } from '#platform';
import { offersOf, type StepOffer } from './step-offer.ts';

/** What waits for approval on an incident now. */
export async function readOffers(db: Queryable, incidentId: string): Promise<readonly StepOffer[]> {
  const { rows } = await db.query<Pick<Incident, 'id' | 'number' | 'steps'> & Record<string, unknown>>(
    `select id, number, snapshot->'steps' as steps from incidents where id = $1`,
    [incidentId],
  );
  return rows.flatMap(offersOf);
}
