import type { EpochMs } from '#facts';
import type { Actor, Update } from '#incidents';
import type { Queryable } from '#platform';

/** One target of an update, and how far it has come. */
export interface UpdateDelivery {
  readonly channel: string;
  readonly address: string;
  readonly tenant: string | null;
  readonly state: 'queued' | 'sending' | 'sent' | 'failed' | 'skipped';
  readonly attempts: number;
  readonly mayBeRepeat: boolean;
  readonly receipt: string | null;
  readonly error: string | null;
  readonly sentAt: EpochMs | null;
}

/** What was told, to whom, when. */
export interface ToldUpdate extends Pick<Update, 'id' | 'audience' | 'status' | 'body' | 'insisted'> {
  readonly by: Actor;
  readonly at: EpochMs;
  readonly nextDueAt: EpochMs | null;
  readonly drill: boolean;
  readonly deliveries: readonly UpdateDelivery[];
}

type UpdateRow = Omit<ToldUpdate, 'deliveries' | 'insisted'> & {
  readonly insisted: Update['insisted'] | null;
};

/** The updates of an incident, newest first, each with its targets. */
export async function readUpdates(db: Queryable, incidentId: string): Promise<readonly ToldUpdate[]> {
  const updates = await db.query<UpdateRow & Record<string, unknown>>(
    `select id, audience, status, body, by, at, drill, next_due_at as "nextDueAt", insisted
     from updates where incident_id = $1 order by at desc, id desc`,
    [incidentId],
  );
  const deliveries = await db.query<{ readonly updateId: string; readonly delivery: UpdateDelivery }>(
    `select update_id as "updateId", jsonb_build_object('channel', channel, 'address', address, 'tenant', tenant,
       'state', state, 'attempts', attempts, 'mayBeRepeat', may_be_repeat, 'receipt', receipt, 'error', last_error,
       'sentAt', floor(extract(epoch from sent_at) * 1000)) as delivery
     from update_deliveries where incident_id = $1 order by length(id), id`,
    [incidentId],
  );
  return updates.rows.map(({ insisted, ...update }) => ({
    ...update,
    ...(insisted === null ? {} : { insisted }),
    deliveries: deliveries.rows.filter((one) => one.updateId === update.id).map((one) => one.delivery),
  }));
}
