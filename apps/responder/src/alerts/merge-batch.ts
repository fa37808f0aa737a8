import type { EpochMs } from '#facts';
import type { Malformed } from './incoming.ts';
import type { AlertWrite, BatchWrite } from './store/write-batch.ts';

/** What one delivery has to store. */
export interface Gathered {
  readonly alerts: readonly AlertWrite[];
  readonly words: BatchWrite['words'];
  readonly malformed: readonly (Malformed & { readonly source: string })[];
}

/** Deliveries put together: one statement can say one thing about one alert. */
export type Merged = Pick<BatchWrite, 'alerts' | 'words' | 'malformed' | 'beats'>;

/**
 * Puts deliveries together, in order, into as few batches as say all of it: of two words about an alert the last counts, but one that
 * ends and returns, or is acknowledged after it has come, does so in two batches.
 */
export function mergeBatches(items: readonly Gathered[], at: EpochMs): readonly Merged[] {
  const batches: Batch[] = [];
  for (const part of items.flatMap(partsOf)) {
    let batch = batches.at(-1);
    if (batch === undefined || batch.contradicts(part, at)) {
      batch = new Batch();
      batches.push(batch);
    }
    batch.add(part);
  }
  return batches.map((batch) => batch.merged());
}

/** A delivery's words come after its alerts. */
function partsOf({ alerts, words, malformed }: Gathered): readonly Gathered[] {
  if (words.length === 0 || alerts.length === 0) return [{ alerts, words, malformed }];
  return [
    { alerts, words: [], malformed },
    { alerts: [], words, malformed: [] },
  ];
}

/** What is said of it now, and since when it is as it was said first. */
function since(before: AlertWrite | undefined, now: AlertWrite): AlertWrite {
  if (before === undefined) return now;
  const startsAt = Math.min(before.alert.startsAt, now.alert.startsAt);
  return { ...now, receivedAt: before.receivedAt, alert: { ...now.alert, startsAt } };
}

class Batch {
  readonly #alerts = new Map<string, AlertWrite>();
  readonly #words = new Map<string, BatchWrite['words'][number]>();
  readonly #malformed: Gathered['malformed'][number][] = [];

  contradicts({ alerts, words }: Gathered, at: EpochMs): boolean {
    const isActive = (one: AlertWrite): boolean => one.alert.endsAt > at;
    return (
      words.some(({ fingerprint }) => this.#alerts.has(fingerprint)) ||
      alerts.some((one) => {
        const before = this.#alerts.get(one.fingerprint);
        return (
          this.#words.has(one.fingerprint) || (before !== undefined && isActive(before) !== isActive(one))
        );
      })
    );
  }

  add({ alerts, words, malformed }: Gathered): void {
    for (const one of alerts)
      this.#alerts.set(one.fingerprint, since(this.#alerts.get(one.fingerprint), one));
    for (const one of words)
      if (this.#words.get(one.fingerprint)?.word !== 'ended') this.#words.set(one.fingerprint, one);
    this.#malformed.push(...malformed);
  }

  merged(): Merged {
    const alerts = [...this.#alerts.values()];
    return {
      alerts,
      words: [...this.#words.values()],
      malformed: this.#malformed,
      beats: [...new Set(alerts.flatMap((one) => one.class.beats))],
    };
  }
}
