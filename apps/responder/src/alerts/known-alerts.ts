import type { EpochMs } from '#facts';
import type { Hash64 } from './fingerprint.ts';

/** What is remembered of one active alert: nothing that the database does not hold too, but for a later end. */
export interface KnownAlert {
  readonly endsAt: EpochMs;
  readonly content: number;
  /** Every word about it is stored: it flaps, or is somebody's heartbeat. */
  readonly always: boolean;
}

/** What is to be done with the word of a sender about one alert. */
export type Touch = 'kept' | 'store' | 'end';

const empty = 0;
const used = 1;
const usedAlways = 2;
const firstSize = 1024;

/**
 * The active alerts of the service: a hash table in typed arrays, 33 bytes a slot, no object an alert. Open addressing
 * with linear probing; at most 70 % full.
 */
export class KnownAlerts {
  #mask = firstSize - 1;
  #high = new Uint32Array(firstSize);
  #low = new Uint32Array(firstSize);
  #content = new Int32Array(firstSize);
  #state = new Uint8Array(firstSize);
  /** As the sender said last. */
  #endsAt = new Float64Array(firstSize);
  /** As the row says. */
  #storedEndsAt = new Float64Array(firstSize);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#allocate(firstSize);
  }

  /**
   * Takes a refresh when the row need not change: the alert is known as active, says the same, and the stored end still
   * covers half of what the sender promises. `end`: that of an alert which is not
   * known here as active; another responder may have heard of it just now.
   */
  touch(hash: Hash64, content: number, endsAt: EpochMs, now: EpochMs): Touch {
    const slot = this.#find(hash);
    const known = this.#state[slot] !== empty;
    if (!known) return endsAt > now ? 'store' : 'end';
    if (endsAt <= now || this.#state[slot] === usedAlways || this.#content[slot] !== content) return 'store';
    if (((this.#storedEndsAt[slot] ?? 0) - now) * 2 < endsAt - now) return 'store';
    this.#endsAt[slot] = endsAt;
    return 'kept';
  }

  /** Remembers what a row says now; one whose end has passed is forgotten. */
  set(hash: Hash64, { endsAt, content, always }: KnownAlert, now: EpochMs): void {
    if (endsAt <= now) return this.delete(hash);
    if ((this.#size + 1) * 10 > (this.#mask + 1) * 7) this.#grow();
    const slot = this.#find(hash);
    if (this.#state[slot] === empty) this.#size += 1;
    this.#high[slot] = hash.high;
    this.#low[slot] = hash.low;
    this.#content[slot] = content;
    this.#state[slot] = always ? usedAlways : used;
    this.#endsAt[slot] = endsAt;
    this.#storedEndsAt[slot] = endsAt;
  }

  /** Forgets it and moves up what was placed behind it. */
  delete(hash: Hash64): void {
    let hole = this.#find(hash);
    if (this.#state[hole] === empty) return;
    this.#state[hole] = empty;
    this.#size -= 1;
    for (let next = (hole + 1) & this.#mask; this.#state[next] !== empty; next = (next + 1) & this.#mask) {
      const home = (this.#low[next] ?? 0) & this.#mask;
      if (((next - home) & this.#mask) < ((next - hole) & this.#mask)) continue;
      this.#move(next, hole);
      hole = next;
    }
  }

  /** Alerts whose row ends before `soon` while the sender has promised longer: their ends are to be stored. */
  endsToStore(soon: EpochMs): { readonly hash: Hash64; readonly endsAt: EpochMs }[] {
    return this.#collect((slot) => this.#stored(slot) < soon && this.#end(slot) > this.#stored(slot));
  }

  /** Alerts that nobody has refreshed in time. */
  ended(now: EpochMs): { readonly hash: Hash64; readonly endsAt: EpochMs }[] {
    return this.#collect((slot) => this.#end(slot) <= now);
  }

  /** The row has this end now. */
  stored(hash: Hash64, endsAt: EpochMs): void {
    const slot = this.#find(hash);
    if (this.#state[slot] !== empty) this.#storedEndsAt[slot] = endsAt;
  }

  /** When it ends by what the sender said last; null when it is not active. */
  endOf(hash: Hash64): EpochMs | null {
    const slot = this.#find(hash);
    return this.#state[slot] === empty ? null : this.#end(slot);
  }

  #end = (slot: number): number => this.#endsAt[slot] ?? 0;
  #stored = (slot: number): number => this.#storedEndsAt[slot] ?? 0;

  #collect(wanted: (slot: number) => boolean): { hash: Hash64; endsAt: EpochMs }[] {
    const found = [];
    for (let slot = 0; slot <= this.#mask; slot += 1)
      if (this.#state[slot] !== empty && wanted(slot))
        found.push({
          hash: { high: this.#high[slot] ?? 0, low: this.#low[slot] ?? 0 },
          endsAt: this.#end(slot),
        });
    return found;
  }

  /** Its slot, or the free one where it belongs. */
  #find({ high, low }: Hash64): number {
    let slot = low & this.#mask;
    while (this.#state[slot] !== empty && (this.#low[slot] !== low || this.#high[slot] !== high))
      slot = (slot + 1) & this.#mask;
    return slot;
  }

  #move(from: number, to: number): void {
    for (const column of this.#columns()) column[to] = column[from] ?? 0;
    this.#state[from] = empty;
  }

  #columns = () => [this.#high, this.#low, this.#content, this.#state, this.#endsAt, this.#storedEndsAt];

  #grow(): void {
    const old = this.#columns();
    const [high = [], low = [], , state = []] = old;
    const size = this.#size;
    this.#allocate((this.#mask + 1) * 2);
    this.#size = size;
    const fresh = this.#columns();
    for (let from = 0; from < state.length; from += 1)
      if (state[from] !== empty)
        copySlot({ columns: old, slot: from }, { columns: fresh, slot: this.#find(hashAt(high, low, from)) });
  }

  #allocate(size: number): void {
    this.#mask = size - 1;
    this.#high = new Uint32Array(size);
    this.#low = new Uint32Array(size);
    this.#content = new Int32Array(size);
    this.#state = new Uint8Array(size);
    this.#endsAt = new Float64Array(size);
    this.#storedEndsAt = new Float64Array(size);
    this.#size = 0;
  }
}

type Columns = readonly { [slot: number]: number }[];

function hashAt(high: Columns[number], low: Columns[number], slot: number): Hash64 {
  return { high: high[slot] ?? 0, low: low[slot] ?? 0 };
}

function copySlot(from: { columns: Columns; slot: number }, to: { columns: Columns; slot: number }): void {
  for (const [n, column] of to.columns.entries()) column[to.slot] = from.columns[n]?.[from.slot] ?? 0;
}
