import type { EpochMs } from '#facts';
import type { Queryable } from '#platform';
import { alertColumns, type AlertRow } from './alert-row.ts';

const pageSize = 2000;

/** The gravest first, then the newest; at most `limit`. */
export async function readGravest(
  db: Queryable,
  serviceId: string,
  limit: number,
): Promise<readonly AlertRow[]> {
  const { rows } = await db.query<AlertRow>(
    `select ${alertColumns} from alerts where service_id = $1 and active order by rank, starts_at desc limit $2`,
    [serviceId, limit],
  );
  return rows;
}

/** Every active alert, page by page: there may be hundreds of thousands. */
export function readActive(db: Queryable, serviceId: string): AsyncGenerator<readonly AlertRow[]> {
  return readPages(db, serviceId, alertColumns);
}

async function* readPages<Row extends Pick<AlertRow, 'fingerprint'>>(
  db: Queryable,
  serviceId: string,
  columns: string,
): AsyncGenerator<readonly Row[]> {
  let after = '';
  for (;;) {
    const { rows } = await db.query<Row>(
      `select ${columns} from alerts where service_id = $1 and fingerprint > $2 and active
       order by fingerprint limit $3`,
      [serviceId, after, pageSize],
    );
    yield rows;
    if (rows.length < pageSize) return;
    after = rows.at(-1)?.fingerprint ?? '';
  }
}

/** What the table of known alerts holds of a row. */
export interface KnownRow {
  readonly fingerprint: string;
  readonly content: number;
  readonly endsAt: EpochMs;
  readonly heldUntil: EpochMs | null;
}

const knownColumns = 'fingerprint, content, ends_at as "endsAt", held_until as "heldUntil"';

/** What is known of every active alert, page by page. */
export function readKnown(db: Queryable, serviceId: string): AsyncGenerator<readonly KnownRow[]> {
  return readPages(db, serviceId, knownColumns);
}

/** The rows that a batch of another responder touched last. */
export async function readBatch(
  db: Queryable,
  serviceId: string,
  batch: number,
): Promise<readonly KnownRow[]> {
  const { rows } = await db.query<KnownRow>(
    `select ${knownColumns} from alerts where service_id = $1 and batch = $2`,
    [serviceId, batch],
  );
  return rows;
}
