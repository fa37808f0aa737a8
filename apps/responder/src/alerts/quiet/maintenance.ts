import type { EpochMs } from '#facts';
import type { MaintenanceConfig } from '../intake-config.ts';
import { compileMatchers, type LabelTest } from '../match/matcher.ts';

/** A maintenance window as it stands at an instant. */
export interface MaintenanceView {
  readonly name: string;
  /** In words: once, or on which days and when. */
  readonly when: string;
  readonly active: boolean;
  /** The current occurrence, or the next; null when it is over for good. */
  readonly startsAt: EpochMs | null;
  readonly endsAt: EpochMs | null;
  /** True: it is about the whole service, so that no incident is opened by detection while it lasts. */
  readonly wholeService: boolean;
}

export interface Maintenance extends MaintenanceView {
  readonly test: LabelTest;
}

const minuteMs = 60_000;
const daysAhead = 8;

/** The windows at an instant. Recurring ones follow the clock of their zone, over changes to summer time too. */
export function maintenanceAt(windows: readonly MaintenanceConfig[], at: EpochMs): readonly Maintenance[] {
  return windows.map((window) => {
    const occurrence = 'startsAt' in window ? onceAt(window, at) : recurringAt(window, at);
    return {
      name: window.name,
      when: whenOf(window),
      ...occurrence,
      active: occurrence.startsAt !== null && occurrence.startsAt <= at,
      wholeService: window.matchers.length === 0,
      test: compileMatchers(window.matchers),
    };
  });
}

type Occurrence = { readonly startsAt: EpochMs | null; readonly endsAt: EpochMs | null };
type Once = Extract<MaintenanceConfig, { startsAt: string }>;
type Recurring = Exclude<MaintenanceConfig, { startsAt: string }>;

function onceAt({ startsAt, endsAt }: Once, at: EpochMs): Occurrence {
  const end = Date.parse(endsAt);
  return at < end ? { startsAt: Date.parse(startsAt), endsAt: end } : { startsAt: null, endsAt: null };
}

/** From yesterday on: a window that began before midnight may still last. */
function recurringAt({ days, at: time, minutes, timeZone }: Recurring, at: EpochMs): Occurrence {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  for (let offset = -1; offset < daysAhead; offset += 1) {
    const day = today.add({ days: offset });
    if (!days.includes(nameOfDay(day.dayOfWeek))) continue;
    const startsAt = day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
    const endsAt = startsAt + minutes * minuteMs;
    if (at < endsAt) return { startsAt, endsAt };
  }
  return { startsAt: null, endsAt: null };
}

const names = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

function nameOfDay(dayOfWeek: number): (typeof names)[number] {
  return names[dayOfWeek - 1] ?? 'sunday';
}

function whenOf(window: MaintenanceConfig): string {
  if ('startsAt' in window) return `once, ${window.startsAt} to ${window.endsAt}`;
  const { days, at, minutes, timeZone } = window;
  return `${days.length === names.length ? 'daily' : days.join(', ')} at ${at} for ${minutes} min, ${timeZone}`;
}
