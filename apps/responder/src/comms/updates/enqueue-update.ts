import type { Command } from '#incidents';
import type { Transaction } from '#platform';
import type { ChannelsConfig } from '../config/channels-config.ts';
import { languages } from './templates/wording.ts';
import { noUpdatesConfig } from './updates-config.ts';
import { updateSubject } from './update-subject.ts';
import { type Addressed, targetsOf } from './targets-of.ts';

export type UpdateCommand = Extract<Command, { kind: 'send-update' }>;

/** Stores an update and a row for every target, in the transaction that decided it. The status page reads the first: it has it at once. */
export async function enqueueUpdate(
  tx: Transaction,
  incidentId: string,
  { update, at }: UpdateCommand,
  channels: ChannelsConfig,
): Promise<void> {
  const { id, audience, status, body, by, nextDueAt, insisted } = update;
  const { service, language: usual } = channels.updates ?? noUpdatesConfig;
  const language = languages.find((one) => one === update.language) ?? usual;
  const { rows } = await tx.query<{ number: number; severity: string; drill: boolean }>(
    `insert into updates (id, incident_id, audience, status, body, by, drill, at, next_due_at, insisted)
     select $1, i.id, $3, $4, $5, $6, i.snapshot->>'drill' is not null, $7, $8, $9 from incidents i where i.id = $2
     returning drill, (select number from incidents where id = $2) as number,
       (select snapshot->>'severity' from incidents where id = $2) as severity`,
    [
      id,
      incidentId,
      audience,
      status,
      body,
      JSON.stringify(by),
      new Date(at),
      nextDueAt === null ? null : new Date(nextDueAt),
      insisted === undefined ? null : JSON.stringify(insisted),
    ],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`update ${id}: there is no incident ${incidentId}`);
  const subject = updateSubject({ audience, status, language, service, ...row });
  const page: Addressed[] =
    audience === 'status-page' ? [{ channel: 'status-page', address: '', tenant: null, not: null }] : [];
  const all = [...page, ...targetsOf(update, channels, row.drill)];
  for (const [index, one] of all.entries())
    await insertDelivery(tx, one, { id: `${id}-${index + 1}`, updateId: id, incidentId, subject });
  tx.tell('update_deliveries', id);
}

async function insertDelivery(
  tx: Transaction,
  { channel, address, tenant, not }: Addressed,
  about: {
    readonly id: string;
    readonly updateId: string;
    readonly incidentId: string;
    readonly subject: string;
  },
): Promise<void> {
  const isPage = channel === 'status-page';
  const state = not?.state ?? (isPage ? 'sent' : 'queued');
  await tx.query(
    `insert into update_deliveries
       (id, update_id, incident_id, channel, address, tenant, subject, state, last_error, receipt, due_at, created_at, sent_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp(), clock_timestamp(),
       case when $8 = 'sent' then clock_timestamp() end)`,
    [
      about.id,
      about.updateId,
      about.incidentId,
      channel,
      address,
      tenant,
      about.subject,
      state,
      not?.why ?? null,
      isPage ? 'on the status page' : null,
    ],
  );
}
