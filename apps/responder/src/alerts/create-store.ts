import { AppError, type Database, type Logger, newId } from '#platform';
import type { EpochMs } from '#facts';
import { type Applier, startApplier } from './apply-deliveries.ts';
import { type Classify, noRank } from './classify.ts';
import { every } from './every.ts';
import { contentOf, hashOfHex, hexOf } from './fingerprint.ts';
import { followBatches } from './follow-batches.ts';
import type { Incoming } from './incoming.ts';
import type { IntakeConfig } from './intake-config.ts';
import { KnownAlerts } from './known-alerts.ts';
import type { Gathered } from './merge-batch.ts';
import type { AlertRow } from './store/alert-row.ts';
import { keepDeliveries, sizeOf } from './store/deliveries.ts';
import { keepEnds, markEnded } from './store/keep-ends.ts';
import type { KnownRow } from './store/read-alerts.ts';
import type { AlertWrite } from './store/write-batch.ts';
import { UnappliedAlerts } from './unapplied-alerts.ts';
import { createWriteQueue } from './write-queue.ts';

export interface StoreOptions {
  readonly db: Database;
  readonly serviceId: string;
  readonly config: Pick<IntakeConfig, 'flapping'>;
  readonly classify: Classify;
  readonly log: Logger;
  readonly now: () => EpochMs;
  /** Something that is active, or no longer, has changed; `isGrave`: an alert with a severity is among it. */
  readonly onChange: (isGrave: boolean) => void;
}

/** Takes in what senders say, and knows which alerts are active, also those that came in at other responders. */
export interface AlertStore {
  /** Resolves when everything of it is stored: a caller may answer then, not before. Rejects when it could not be. */
  take(source: string, incoming: Incoming): Promise<void>;
  /** When an active alert ends by what its sender said last; null when it is not active. */
  endOf(fingerprint: string): EpochMs | null;
  activeCount(): number;
  /** Grave alerts that are stored, and not yet among the rows. */
  unapplied(): readonly AlertRow[];
  /** Resolves when what was taken in before is among the rows, or cannot be in 2 s. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

const sweepMs = 2500;
/** Ends are written this long before the stored ones pass. */
const aheadMs = 10_000;

/** Reads which alerts are active, and starts to follow them. */
export async function createStore(options: StoreOptions): Promise<AlertStore> {
  const { db, serviceId, log, now, onChange } = options;
  const writer = newId('w');
  const known = new KnownAlerts();
  const remember: Remember = (row, beats = false) => {
    const held = row.heldUntil ?? 0;
    const endsAt = Math.max(row.endsAt, held);
    const always = beats || held > now();
    known.set(hashOfHex(row.fingerprint), { endsAt, content: row.content, always }, now());
  };
  const unapplied = new UnappliedAlerts();
  const applier = await openApplier(options, { writer, unapplied, remember });
  const follow = await followBatches({
    db,
    serviceId,
    writer,
    log,
    onRows: (rows) => {
      for (const row of rows) remember(row);
      onChange(false);
    },
    onReload: () => known.clear(),
  });
  const queue = createWriteQueue((items: readonly Gathered[]) =>
    commit(options, { applier, unapplied, known, remember }, items),
  );
  const stopSweeping = keepSweeping(options, applier, known);
  return {
    take: async (source, incoming) => {
      const gathered = gather(options, source, incoming, follow.trusted() ? known : null);
      const size = gathered.alerts.length + gathered.words.length + gathered.malformed.length;
      if (size > 0) await queue.put(gathered, size);
    },
    endOf: (fingerprint) => known.endOf(hashOfHex(fingerprint)),
    activeCount: () => known.size,
    unapplied: () => unapplied.rows(),
    caughtUp: applier.caughtUp,
    stop: async () => {
      const swept = stopSweeping();
      await queue.settled();
      await applier.stop();
      await swept;
      await follow.stop();
    },
  };
}

type Remember = (row: KnownRow, beats?: boolean) => void;

interface Memory {
  readonly applier: Applier;
  readonly unapplied: UnappliedAlerts;
  readonly known: KnownAlerts;
  readonly remember: Remember;
}

function openApplier(
  { db, serviceId, config, log, now, onChange }: StoreOptions,
  { writer, unapplied, remember }: Pick<Memory, 'unapplied' | 'remember'> & { readonly writer: string },
): Promise<Applier> {
  return startApplier({
    db,
    serviceId,
    log,
    batch: () => ({ serviceId, writer, at: now(), flapping: config.flapping }),
    onApplied: (ids, held) => {
      unapplied.applied(ids);
      for (const { fingerprint, content, heldUntil } of held)
        remember({ fingerprint, content, endsAt: heldUntil, heldUntil });
      onChange(false);
    },
  });
}

function keepSweeping(options: StoreOptions, applier: Applier, known: KnownAlerts): () => Promise<void> {
  return every(
    sweepMs,
    async () => {
      // The end of a row that is not there yet cannot be moved.
      await applier.caughtUp();
      await sweep(options, known);
    },
    (error) => options.log.warn({ err: error }, 'alerts could not be swept'),
  );
}

/** Stores what has gathered; only then is it remembered. */
async function commit(
  { db, serviceId, onChange }: StoreOptions,
  memory: Memory,
  items: readonly Gathered[],
): Promise<void> {
  const { applier, unapplied, known, remember } = memory;
  if (!(await applier.room()))
    throw new AppError(
      'too-many',
      'too many stored alerts wait to be applied; expected the database to be faster',
    );
  const id = await keepDeliveries(db, serviceId, items);
  unapplied.stored(id, items);
  for (const { alerts, words } of items) {
    for (const { fingerprint, alert, content, class: meaning } of alerts)
      remember({ fingerprint, content, endsAt: alert.endsAt, heldUntil: null }, meaning.beats.length > 0);
    for (const { fingerprint, word } of words) if (word === 'ended') known.delete(hashOfHex(fingerprint));
  }
  applier.stored(id, sizeOf(items));
  onChange(items.some(({ alerts }) => alerts.some((one) => one.class.rank < noRank)));
}

/** What of a delivery the database does not hold yet. `known` is null while memory is not to be believed. */
function gather(
  { classify, now }: StoreOptions,
  source: string,
  { alerts, words, malformed }: Incoming,
  known: KnownAlerts | null,
): Gathered {
  const at = now();
  const writes: AlertWrite[] = [];
  const said = words.map(({ hash, word }) => ({ fingerprint: hexOf(hash), word }));
  for (const alert of alerts) {
    const content = contentOf(alert.annotations, alert.startsAt, alert.generatorUrl);
    const touch = known?.touch(alert.hash, content, alert.endsAt, at) ?? 'store';
    if (touch === 'kept') continue;
    const fingerprint = hexOf(alert.hash);
    if (touch === 'end') said.push({ fingerprint, word: 'ended' });
    else writes.push({ fingerprint, source, alert, content, class: classify(alert), receivedAt: at });
  }
  return {
    alerts: writes,
    words: said,
    malformed: malformed.map((one) => ({ ...one, source })),
  };
}

/** Writes ends that senders have promised since, and marks what nobody has refreshed. */
async function sweep({ db, serviceId, now, onChange }: StoreOptions, known: KnownAlerts): Promise<void> {
  const at = now();
  const late = known.endsToStore(at + aheadMs);
  if (late.length > 0) {
    const ends = late.map(({ hash, endsAt }) => ({ fingerprint: hexOf(hash), endsAt }));
    await keepEnds(db, serviceId, ends);
    for (const { hash, endsAt } of late) known.stored(hash, endsAt);
  }
  const ended = known.ended(at).map(({ hash }) => hexOf(hash));
  if (ended.length === 0) return;
  await markEnded(db, serviceId, ended);
  for (const { hash } of known.ended(at)) known.delete(hash);
  onChange(false);
}
