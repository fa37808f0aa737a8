import type { Queryable, Transaction } from '#platform';
import type { Actor } from '../core/actor.ts';
import type { HandsOff } from '../core/incident.ts';

/** The channel that tells of the switch. */
export const handsOffChannel = 'hands_off';

/** SQL of the switch as JSON; null while it is off. */
export const handsOffNow = `(select case when is_on then
    jsonb_build_object('by', by, 'reason', reason, 'since', floor(extract(epoch from at) * 1000)) end
  from hands_off order by id desc limit 1)`;

/** How the switch stands; null while it is off. */
export async function readHandsOff(db: Queryable): Promise<HandsOff | null> {
  const { rows } = await db.query<{ now: HandsOff | null }>(`select ${handsOffNow} as now`);
  return rows[0]?.now ?? null;
}

/** Writes one more row of the switch; whoever runs a change is told after the commit. */
export async function writeHandsOff(
  tx: Transaction,
  { on, by, reason }: { readonly on: boolean; readonly by: Actor; readonly reason: string },
): Promise<void> {
  await tx.query('insert into hands_off (is_on, by, reason) values ($1, $2, $3)', [
    on,
    JSON.stringify(by),
    reason,
  ]);
  tx.notify(handsOffChannel, on ? 'on' : 'off');
}
