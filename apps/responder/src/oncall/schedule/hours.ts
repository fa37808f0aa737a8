import { type Layer, weekdays } from '@tocsin/contract';
import type { EpochMs } from '#facts';
import { instantOf, isCalm, plainMsAt, wallAt } from './wall-clock.ts';

/** True when a layer answers at `at`: always, unless it has hours. */
export function isWithinHours(layer: Layer, zone: string, at: EpochMs): boolean {
  if (layer.hours === undefined) return true;
  if (isCalm(at, zone)) return layer.hours.some((hours) => isWithinByCounting(hours, plainMsAt(at, zone)));
  return windowsBetween(layer, zone, at, at).some((window) => window.from <= at && at < window.to);
}

const dayMs = 86_400_000;
/** 1970-01-01 was a Thursday. */
const firstWeekday = 3;

function isWithinByCounting({ days, from, to }: Hours, plain: number): boolean {
  const day = Math.floor(plain / dayMs);
  const time = plain - day * dayMs;
  const isDay = (one: number): boolean => days === undefined || days.includes(nameOfDay(one));
  if (to > from) return isDay(day) && msOf(from) <= time && time < msOf(to);
  return (isDay(day) && time >= msOf(from)) || (isDay(day - 1) && time < msOf(to));
}

type Hours = NonNullable<Layer['hours']>[number];

function nameOfDay(day: number): (typeof weekdays)[number] {
  return weekdays[(((day + firstWeekday) % 7) + 7) % 7] ?? 'mon';
}

function msOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000;
}

/** Begins and ends of the hours of a layer, those after `from` and before `to`. */
export function edgesBetween(layer: Layer, zone: string, from: EpochMs, to: EpochMs): EpochMs[] {
  return windowsBetween(layer, zone, from, to)
    .flatMap((window) => [window.from, window.to])
    .filter((edge) => edge > from && edge < to);
}

/**
 * The windows of every day that could touch the span. They are instants, not readings of the clock: an hour that comes twice is in
 * one window, and where one ends another may begin without a gap.
 */
function windowsBetween(
  layer: Layer,
  zone: string,
  from: EpochMs,
  to: EpochMs,
): { readonly from: EpochMs; readonly to: EpochMs }[] {
  const last = wallAt(to, zone).toPlainDate().add({ days: 1 });
  const found: { readonly from: EpochMs; readonly to: EpochMs }[] = [];
  // Two days before: a window over midnight, and a date line that moved.
  for (
    let day = wallAt(from, zone).toPlainDate().subtract({ days: 2 });
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  )
    for (const hours of layer.hours ?? [])
      if (isOn(hours.days, day))
        found.push({
          from: clockOn(day, hours.from, zone),
          to: clockOn(hours.to > hours.from ? day : day.add({ days: 1 }), hours.to, zone),
        });
  return found;
}

function isOn(days: readonly (typeof weekdays)[number][] | undefined, day: Temporal.PlainDate): boolean {
  const name = weekdays[day.dayOfWeek - 1];
  return days === undefined || (name !== undefined && days.includes(name));
}

function clockOn(day: Temporal.PlainDate, time: string, zone: string): EpochMs {
  if (time === '24:00') return instantOf(day.add({ days: 1 }).toPlainDateTime(), zone);
  return instantOf(day.toPlainDateTime(Temporal.PlainTime.from(time)), zone);
}
