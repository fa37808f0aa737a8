import { noRank } from './classify.ts';
import type { Gathered } from './merge-batch.ts';
import type { AlertRow } from './store/alert-row.ts';
import type { AlertWrite } from './store/write-batch.ts';

/** Of more alerts of one severity the others are seen when they are applied. */
const mostOfARank = 250;

/** The grave alerts that are stored and not yet in the table of alerts: nobody waits for a page because many others came. */
export class UnappliedAlerts {
  readonly #deliveries = new Map<number, readonly Gathered[]>();
  readonly #counts = new Map<number, number>();

  stored(id: number, items: readonly Gathered[]): void {
    const kept = items.map(({ alerts, words }) => ({
      alerts: alerts.filter((one) => one.class.rank < noRank && this.#count(one.class.rank, 1)),
      words: words.filter(({ word }) => word === 'ended'),
      malformed: [],
    }));
    if (kept.some((one) => one.alerts.length + one.words.length > 0)) this.#deliveries.set(id, kept);
  }

  applied(ids: readonly number[]): void {
    for (const id of ids) {
      for (const { alerts } of this.#deliveries.get(id) ?? [])
        for (const one of alerts) this.#count(one.class.rank, -1);
      this.#deliveries.delete(id);
    }
  }

  /** By what was said last; those that have ended since are left out. */
  rows(): readonly AlertRow[] {
    const rows = new Map<string, AlertRow>();
    for (const items of this.#deliveries.values())
      for (const { alerts, words } of items) {
        for (const one of alerts) rows.set(one.fingerprint, rowOf(one));
        for (const { fingerprint } of words) rows.delete(fingerprint);
      }
    return [...rows.values()];
  }

  /** Whether there is room for one more of the rank. */
  #count(rank: number, change: 1 | -1): boolean {
    const next = (this.#counts.get(rank) ?? 0) + change;
    if (next > mostOfARank) return false;
    this.#counts.set(rank, next);
    return true;
  }
}

function rowOf({ fingerprint, source, alert, class: meaning, receivedAt }: AlertWrite): AlertRow {
  const { labels, annotations, generatorUrl, startsAt, endsAt } = alert;
  const { name, severity, rank, flag } = meaning;
  return {
    fingerprint,
    source,
    name,
    labels,
    annotations,
    generatorUrl,
    severity,
    rank,
    flag,
    startsAt,
    endsAt,
    receivedAt,
    acknowledgedAt: null,
    restarts: 0,
    heldUntil: null,
  };
}
