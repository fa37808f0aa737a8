import type { ComponentConfig } from '@tocsin/contract';
import type { EpochMs } from '#facts';
import type { Queryable } from '#platform';
import { readMinutes, type StoredMinute } from './read-minutes.ts';
import {
  type ImpactCorrection,
  type RecordedMinute,
  type Span,
  sumUptime,
  type UptimeSum,
} from './uptime.ts';

/** Days that the page shows, today included. */
export const shownDays = 90;

type Component = Pick<ComponentConfig, 'id' | 'covers'>;
type ByComponent<T> = ReadonlyMap<string, T>;

export interface HistoryOptions {
  readonly db: Queryable;
  readonly serviceId: string;
  readonly components: readonly Component[];
  readonly timeZone: string;
}

/** What counts of each day, oldest first, today last, by id of the component. */
export type ReadHistory = (
  at: EpochMs,
  corrections: ByComponent<readonly ImpactCorrection[]>,
) => Promise<ByComponent<readonly UptimeSum[]>>;

/** Results of probes that could not be stored at once may still be added half a day later. */
const settledMs = 12 * 3_600_000;

/** Adds up the recorded minutes; a day that is over is read again only when a person's word about it changes. */
export function createUptimeHistory({ db, serviceId, components, timeZone }: HistoryOptions): ReadHistory {
  const known = new Map<EpochMs, { readonly said: string; readonly sums: ByComponent<UptimeSum> }>();

  async function sumsOf(day: Span, corrections: ByComponent<readonly ImpactCorrection[]>, at: EpochMs) {
    const about = (id: string) => (corrections.get(id) ?? []).filter((one) => touches(one, day));
    const said = JSON.stringify(components.map(({ id }) => about(id)));
    const seen = known.get(day.from);
    if (seen?.said === said) return seen.sums;
    const minutes = await readMinutes(db, serviceId, day);
    const sums = new Map(
      components.map((one) => [one.id, sumUptime(minutesOf(one, minutes), about(one.id), day)]),
    );
    if (day.to < at - settledMs) known.set(day.from, { said, sums });
    return sums;
  }

  return async (at, corrections) => {
    const days = daysUpTo(at, timeZone);
    for (const from of known.keys()) if (from < (days[0]?.from ?? at)) known.delete(from);
    const sums: ByComponent<UptimeSum>[] = [];
    for (const day of days) sums.push(await sumsOf(day, corrections, at));
    return new Map(
      components.map(({ id }) => [id, sums.map((day) => day.get(id) ?? { minutes: 0, down: 0 })]),
    );
  };
}

/** The days that are shown, by the clocks of the zone; today ends now. */
export function daysUpTo(at: EpochMs, timeZone: string): readonly Span[] {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const starts = Array.from(
    { length: shownDays },
    (_, index) => today.subtract({ days: shownDays - 1 - index }).toZonedDateTime(timeZone).epochMilliseconds,
  );
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? at }));
}

/** Minutes of one component: what its functions were asked is added up. */
function minutesOf({ covers }: Component, minutes: readonly StoredMinute[]): readonly RecordedMinute[] {
  const mine = minutes.filter((one) => covers.functions.includes(one.function));
  return [...Map.groupBy(mine, (one) => one.minute)].map(([minute, rows]) => ({
    minute,
    good: rows.reduce((sum, one) => sum + one.good, 0),
    bad: rows.reduce((sum, one) => sum + one.bad, 0),
    maintenance: rows.some((one) => one.maintenance),
  }));
}

function touches({ measured, corrected }: ImpactCorrection, day: Span): boolean {
  return [measured, corrected].some(({ from, to }) => from < day.to && to > day.from);
}
