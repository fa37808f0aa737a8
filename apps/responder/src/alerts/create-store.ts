import { type Database, type Logger, newId } from '#platform';
import type { EpochMs } from '#facts';
import type { Classify } from './classify.ts';
import { every } from './every.ts';
import { contentOf, hashOfHex, hexOf } from './fingerprint.ts';
import { followBatches } from './follow-batches.ts';
import type { Incoming } from './incoming.ts';
import type { IntakeConfig } from './intake-config.ts';
import { KnownAlerts } from './known-alerts.ts';
import { mergeBatch, type Gathered } from './merge-batch.ts';
import { keepEnds, markEnded } from './store/keep-ends.ts';
import type { KnownRow } from './store/read-alerts.ts';
import { type AlertWrite, writeBatch } from './store/write-batch.ts';
import { createWriteQueue } from './write-queue.ts';

export interface StoreOptions {
  readonly db: Database;
  readonly serviceId: string;
  readonly config: Pick<IntakeConfig, 'flapping'>;
  readonly classify: Classify;
  readonly log: Logger;
  readonly now: () => EpochMs;
  /** Something that is active, or no longer, has changed. */
  readonly onChange: () => void;
}

/** Takes in what senders say, and knows which alerts are active, also those that came in at other responders. */
export interface AlertStore {
  /** Resolves when everything of it is stored: a caller may answer then, not before. Rejects when it could not be. */
  take(source: string, incoming: Incoming): Promise<void>;
  /** When an active alert ends by what its sender said last; null when it is not active. */
  endOf(fingerprint: string): EpochMs | null;
  activeCount(): number;
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
  const follow = await followBatches({
    db,
    serviceId,
    writer,
    log,
    onRows: (rows) => {
      for (const row of rows) remember(row);
      onChange();
    },
    onReload: () => known.clear(),
  });
  const queue = createWriteQueue((items: readonly Gathered[]) =>
    commit(options, { writer, known, remember }, items),
  );
  const stopSweeping = every(
    sweepMs,
    () => sweep(options, known),
    (error) => log.warn({ err: error }, 'alerts could not be swept'),
  );
  return {
    take: async (source, incoming) => {
      const gathered = gather(options, source, incoming, follow.trusted() ? known : null);
      const size = gathered.alerts.length + gathered.words.length + gathered.malformed.length;
      if (size > 0) await queue.put(gathered, size);
    },
    endOf: (fingerprint) => known.endOf(hashOfHex(fingerprint)),
    activeCount: () => known.size,
    stop: async () => {
      await stopSweeping();
      await queue.settled();
      await follow.stop();
    },
  };
}

type Remember = (row: KnownRow, beats?: boolean) => void;

interface Memory {
  readonly writer: string;
  readonly known: KnownAlerts;
  readonly remember: Remember;
}

/** Stores what has gathered; only then is it remembered. */
async function commit(options: StoreOptions, memory: Memory, items: readonly Gathered[]): Promise<void> {
  const { db, serviceId, config, now } = options;
  const merged = mergeBatch(items);
  const batch = { serviceId, writer: memory.writer, at: now(), flapping: config.flapping, ...merged };
  const held = new Map((await writeBatch(db, batch)).map((one) => [one.fingerprint, one.heldUntil]));
  for (const { fingerprint, alert, content, class: meaning } of merged.alerts) {
    const row = { fingerprint, content, endsAt: alert.endsAt, heldUntil: held.get(fingerprint) ?? null };
    memory.remember(row, meaning.beats.length > 0);
  }
  for (const { fingerprint, word } of merged.words)
    if (word === 'ended') memory.known.delete(hashOfHex(fingerprint));
  options.onChange();
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
  for (const alert of alerts) {
    const content = contentOf(alert.annotations, alert.startsAt, alert.generatorUrl);
    if (known !== null && known.touch(alert.hash, content, alert.endsAt, at) !== 'store') continue;
    const fingerprint = hexOf(alert.hash);
    writes.push({ fingerprint, source, alert, content, class: classify(alert), receivedAt: at });
  }
  return {
    alerts: writes,
    words: words.map(({ hash, word }) => ({ fingerprint: hexOf(hash), word })),
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
  onChange();
}
