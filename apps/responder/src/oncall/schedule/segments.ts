import type { EpochMs } from '#facts';
import { edgesBetween } from './hours.ts';
import type { OnCallAt, Roster } from './roster.ts';
import { handoversBetween } from './turns.ts';
import { unlessUnreadable } from './unless-unreadable.ts';
import { whoIsOnCallAt } from './who-is-on-call-at.ts';

/** Every instant after `from` and before `to` at which the answer may change: handovers, hours, overrides, absences. */
export function changePoints({ schedule, overrides, away }: Roster, from: EpochMs, to: EpochMs): EpochMs[] {
  const ofLayers = schedule.layers.flatMap((layer) => {
    const zone = layer.zone ?? schedule.zone;
    return unlessUnreadable<EpochMs[]>(
      () => [...handoversBetween(layer, zone, from, to), ...edgesBetween(layer, zone, from, to)],
      () => [],
    );
  });
  const ofSpans = [...overrides, ...away].flatMap((one) => [Date.parse(one.from), Date.parse(one.to)]);
  return [...ofLayers, ...ofSpans.filter((at) => at > from && at < to)];
}

/** A span in which nothing changes. */
export interface Segment {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly onCall: OnCallAt;
}

/** The time from `from` to `to` in spans without a change, in order and without a hole. */
export function segmentsBetween(roster: Roster, from: EpochMs, to: EpochMs): Segment[] {
  return spansBetween(changePoints(roster, from, to), from, to).map((span) => ({
    ...span,
    onCall: whoIsOnCallAt(roster, span.from),
  }));
}

/** The spans that `points` cut the time from `from` to `to` into. */
export function spansBetween(
  points: readonly EpochMs[],
  from: EpochMs,
  to: EpochMs,
): { readonly from: EpochMs; readonly to: EpochMs }[] {
  const cuts = [...new Set([from, ...points])].toSorted((a, b) => a - b);
  return cuts
    .map((cut, index) => ({ from: cut, to: cuts[index + 1] ?? to }))
    .filter((one) => one.to > one.from);
}
