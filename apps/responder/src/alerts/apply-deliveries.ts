import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { type Database, type Logger, Nap, type Queryable } from '#platform';
import { Backlog } from './backlog.ts';
import { type Gathered, mergeBatches } from './merge-batch.ts';
import { anyDelivery, dropDeliveries, keepUnstorable, readDeliveries, takeTurn } from './store/deliveries.ts';
import { type BatchWrite, type Held, writeBatch } from './store/write-batch.ts';

/** An alert that flaps, as it was applied. */
export interface HeldAlert extends Held {
  readonly content: number;
}

export interface ApplierOptions {
  readonly db: Database;
  readonly serviceId: string;
  readonly log: Logger;
  /** What a batch says besides its deliveries. */
  readonly batch: () => Pick<BatchWrite, 'serviceId' | 'writer' | 'at' | 'flapping'>;
  /** Of those that `stored` told, `ids` are in the table of alerts now. */
  readonly onApplied: (ids: readonly number[], held: readonly HeldAlert[]) => void;
}

/** Brings stored deliveries, this responder's and those of one that died, into the table of alerts. */
export interface Applier {
  /** A delivery of `size` alerts was stored under `id`. */
  stored(id: number, size: number): void;
  /** Resolves when all that was told to be stored is applied, or cannot be in 2 s. */
  caughtUp(): Promise<void>;
  /** Waits until no more waits than can be applied in some seconds; false when that takes longer than 10 s. */
  room(): Promise<boolean>;
  stop(): Promise<void>;
}

const lockNotAvailable = '55P03';
const roundSize = 4096;
/** What others have left is looked for this often. */
const lookMs = 5000;
const caughtUpMs = 2000;
const roomMs = 10_000;
const retryMs = 500;
/** Above this many alerts a second taking in goes first: applying takes a tenth of the time. */
const floodPerSecond = 5000;
const floodRestFactor = 9;
const longestRestMs = 2000;
/** While this many alerts wait, applying does not rest. */
const restBelow = 100_000;
/** While this many wait, taking in waits as well. */
const longestBacklog = 150_000;

interface Round {
  readonly deliveries: number;
  readonly lastId: number;
  readonly held: readonly HeldAlert[];
}

const nothingLeft: Round = { deliveries: 0, lastId: Infinity, held: [] };

/** False when another responder has the turn; all else is thrown. */
function laterIfTaken(error: unknown): boolean {
  if ((error as { code?: string }).code === lockNotAvailable) return false;
  throw error;
}

/** SQLSTATE classes 22 and 23: what was given cannot be stored, however often it is tried. */
function isUnstorable(error: unknown): boolean {
  return error instanceof DatabaseError && /^2[23]/.test(error.code ?? '');
}

/** Applies the oldest deliveries. What cannot be stored does not hold up the rest of them. */
async function applyOldest(options: ApplierOptions): Promise<Round> {
  try {
    return await applyTogether(options);
  } catch (error) {
    if (!isUnstorable(error)) throw error;
  }
  return applyPieces(options);
}

/** Applies the oldest delivery piece by piece, and keeps what cannot be stored where people see it. */
async function applyPieces({ db, serviceId, log, batch }: ApplierOptions): Promise<Round> {
  return db.transact(async (tx) => {
    await takeTurn(tx, serviceId);
    const [oldest] = await readDeliveries(tx, serviceId, 1);
    if (oldest === undefined) return nothingLeft;
    const held: HeldAlert[] = [];
    for (const piece of oldest.items.flatMap(piecesOf)) {
      await tx.query('savepoint piece');
      try {
        held.push(...(await write(tx, batch(), [piece])));
      } catch (error) {
        if (!isUnstorable(error)) throw error;
        await tx.query('rollback to savepoint piece');
        log.error(
          { err: error, delivery: oldest.id },
          'an item cannot be stored as an alert; it is set aside',
        );
        await keepUnstorable(tx, {
          serviceId,
          place: `delivery ${oldest.id}`,
          piece,
          reason: (error as Error).message,
        });
      }
    }
    await dropDeliveries(tx, [oldest.id]);
    return { deliveries: 1, lastId: oldest.id, held };
  });
}

function piecesOf({ alerts, words, malformed }: Gathered): readonly Gathered[] {
  return [
    ...alerts.map((one) => ({ alerts: [one], words: [], malformed: [] })),
    ...words.map((one) => ({ alerts: [], words: [one], malformed: [] })),
    ...malformed.map((one) => ({ alerts: [], words: [], malformed: [one] })),
  ];
}

/** Writes what deliveries say; answers the alerts that flap. */
async function write(
  tx: Queryable,
  more: ReturnType<ApplierOptions['batch']>,
  items: readonly Gathered[],
): Promise<readonly HeldAlert[]> {
  const held: HeldAlert[] = [];
  for (const merged of mergeBatches(items, more.at)) {
    const contents = new Map(merged.alerts.map((one) => [one.fingerprint, one.content]));
    for (const one of await writeBatch(tx, { ...more, ...merged }))
      held.push({ ...one, content: contents.get(one.fingerprint) ?? 0 });
  }
  return held;
}

/** Applies the oldest deliveries in one transaction. */
async function applyTogether({ db, serviceId, batch }: ApplierOptions): Promise<Round> {
  return db.transact(async (tx) => {
    await takeTurn(tx, serviceId);
    const deliveries = await readDeliveries(tx, serviceId, roundSize);
    const ids = deliveries.map(({ id }) => id);
    if (ids.length === 0) return nothingLeft;
    const held = await write(
      tx,
      batch(),
      deliveries.flatMap(({ items }) => items),
    );
    await dropDeliveries(tx, ids);
    return { deliveries: ids.length, lastId: Math.max(...ids), held };
  });
}

/** Starts to apply; resolves when what was left by an earlier run is applied. Rejects when the database does not answer. */
export async function startApplier(options: ApplierOptions): Promise<Applier> {
  const { db, serviceId, log, onApplied } = options;
  const nap = new Nap();
  const stopping = new AbortController();
  const backlog = new Backlog();
  let takenIn = 0;

  /** Answers whether there may be more. */
  async function round(): Promise<boolean> {
    if (!nap.takeWish() && !(await anyDelivery(db, serviceId))) return false;
    // What is stored later may have a lower id and not be seen by this round.
    const waiting = backlog.ids();
    const { deliveries, lastId, held } = await applyOldest(options);
    const applied = waiting.filter((id) => id <= lastId);
    backlog.applied(applied);
    onApplied(applied, held);
    return deliveries > 0;
  }

  /** A round, and how long to rest after it, milliseconds. */
  async function roundAndRest(): Promise<number> {
    const began = performance.now();
    const before = takenIn;
    if (await round()) nap.wake();
    const tookMs = performance.now() - began;
    const isFlood = ((takenIn - before) * 1000) / tookMs > floodPerSecond;
    return isFlood && backlog.size < restBelow ? Math.min(tookMs * floodRestFactor, longestRestMs) : 0;
  }

  async function applyOn(): Promise<void> {
    while (!stopping.signal.aborted) {
      await nap.sleep(lookMs);
      const restMs = await roundAndRest().catch((error: unknown) => {
        nap.wake();
        log.warn({ err: error }, 'stored alerts could not be applied; they are kept, and tried again');
        return retryMs;
      });
      if (restMs > 0) await pause(restMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  // What cannot be applied at once, because another responder does, is applied later.
  while (await round().catch(laterIfTaken));
  const applying = applyOn();
  return {
    stored(id, size) {
      backlog.stored(id, size);
      takenIn += size;
      nap.wake();
    },
    caughtUp: async () => void (await backlog.caughtUp(caughtUpMs)),
    room: () => backlog.shorterThan(longestBacklog, roomMs),
    async stop() {
      stopping.abort();
      nap.wake();
      await applying;
    },
  };
}
