import { type Database, type Logger, newId } from '#platform';
import type { EpochMs } from '#facts';
import type { Classify } from './classify.ts';
import { every } from './every.ts';
import { contentOf, hashOfHex, hexOf, type Hash64 } from './fingerprint.ts';
import { followBatches } from './follow-batches.ts';
import type { Incoming, IncomingAlert } from './incoming.ts';
import type { IntakeConfig } from './intake-config.ts';
import { KnownAlerts } from './known-alerts.ts';
import { mergeBatch, type Gathered } from './merge-batch.ts';
import { keepEnds, markEnded } from './store/keep-ends.ts';
import type { KnownRow } from './store/read-alerts.ts';
import { type AlertWrite, type BatchWrite, writeBatch } from './store/write-batch.ts';
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

const sweepMs = 1000;
/** Ends are written this long before the stored ones pass. */
const aheadMs = 10_000;

/** Reads which alerts are active, and starts to follow them. */
export async function createStore(options: StoreOptions): Promise<AlertStore> {
  const { db, serviceId, log, now } = options;
  const writer = newId('w');
  const known = new KnownAlerts();

  function remember(
    row: Pick<KnownRow, 'fingerprint' | 'content' | 'endsAt' | 'heldUntil'>,
    beats = false,
  ): void {
    const held = row.heldUntil ?? 0;
    const always = beats || held > now();
    known.set(
      hashOfHex(row.fingerprint),
      { endsAt: Math.max(row.endsAt, held), content: row.content, always },
      now(),
    );
  }

  const follow = await followBatches({
    db,
    serviceId,
    writer,
    log,
    onRows: (rows) => {
      for (const row of rows) remember(row);
      options.onChange();
    },
    onReload: () => known.clear(),
  });

  const queue = createWriteQueue(async (items: readonly Gathered[]) => {
    const batch: BatchWrite = {
      serviceId,
      writer,
      at: now(),
      flapping: options.config.flapping,
      ...mergeBatch(items),
    };
    const held = new Map((await writeBatch(db, batch)).map((one) => [one.fingerprint, one.heldUntil]));
    for (const {
      fingerprint,
      alert,
      content,
      class: { beats },
    } of batch.alerts) {
      const row = { fingerprint, content, endsAt: alert.endsAt, heldUntil: held.get(fingerprint) ?? null };
      remember(row, beats.length > 0);
    }
    for (const { fingerprint, word } of batch.words)
      if (word === 'ended') known.delete(hashOfHex(fingerprint));
    options.onChange();
  });

  function writeOf(source: string, alert: IncomingAlert, content: number): AlertWrite {
    const fingerprint = hexOf(alert.hash);
    return { fingerprint, source, alert, content, class: options.classify(alert), receivedAt: now() };
  }

  /** What of a delivery the database does not hold yet. */
  function gather(source: string, { alerts, words, malformed }: Incoming): Gathered {
    const at = now();
    const writes: AlertWrite[] = [];
    const trusted = follow.trusted();
    for (const alert of alerts) {
      const content = contentOf(alert.annotations, alert.startsAt, alert.generatorUrl);
      const touch = trusted ? known.touch(alert.hash, content, alert.endsAt, at) : 'store';
      if (touch === 'store') writes.push(writeOf(source, alert, content));
    }
    return {
      alerts: writes,
      words: words.map(({ hash, word }) => ({ fingerprint: hexOf(hash), word })),
      malformed: malformed.map((one) => ({ ...one, source })),
    };
  }

  async function sweep(): Promise<void> {
    const at = now();
    const late = known.endsToStore(at + aheadMs);
    if (late.length > 0) {
      await keepEnds(
        db,
        serviceId,
        late.map(({ hash, endsAt }) => ({ fingerprint: hexOf(hash), endsAt })),
      );
      for (const { hash, endsAt } of late) known.stored(hash, endsAt);
    }
    const ended: { hash: Hash64 }[] = known.ended(at);
    if (ended.length === 0) return;
    await markEnded(
      db,
      serviceId,
      ended.map(({ hash }) => hexOf(hash)),
    );
    for (const { hash } of known.ended(at)) known.delete(hash);
    options.onChange();
  }

  const stopSweeping = every(sweepMs, sweep, (error) =>
    log.warn({ err: error }, 'alerts could not be swept'),
  );
  return {
    take: async (source, incoming) => {
      const gathered = gather(source, incoming);
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
