import type { EpochMs } from '#facts';
import type { OnCallAt, Roster } from './roster.ts';
import { segmentsBetween } from './segments.ts';
import { isAway } from './who-is-on-call-at.ts';

/** Something in a schedule that somebody should look at, with its span. */
export interface ScheduleWarning {
  readonly kind: 'gap' | 'overlap' | 'idle-override';
  readonly schedule: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly because: string;
}

/** Gaps (nobody is on call; the reason is that of their begin), overlaps (two overrides, or two layers with hours) and overrides by somebody who is away. */
export function findWarnings(roster: Roster, from: EpochMs, to: EpochMs): ScheduleWarning[] {
  const found: ScheduleWarning[] = [];
  for (const span of segmentsBetween(roster, from, to))
    for (const { kind, because } of judge(roster, span)) {
      const before = found.findLastIndex(
        (one) => one.kind === kind && (kind === 'gap' || one.because === because),
      );
      const earlier = found[before];
      if (earlier?.to === span.from) found[before] = { ...earlier, to: span.to };
      else found.push({ kind, schedule: roster.schedule.id, from: span.from, to: span.to, because });
    }
  return found;
}

type Judged = Pick<ScheduleWarning, 'kind' | 'because'>;

function judge(roster: Roster, { from, onCall }: { from: EpochMs; onCall: OnCallAt }): Judged[] {
  const overrides = roster.overrides.filter(
    (one) => Date.parse(one.from) <= from && from < Date.parse(one.to),
  );
  const idle = overrides.filter((one) => isAway(roster.away, one.person, from));
  return [
    ...(onCall.line.length === 0 ? [{ kind: 'gap' as const, because: whyNobody(onCall) }] : []),
    ...idle.map(({ person }) => ({
      kind: 'idle-override' as const,
      because: `${person} overrides, but is away`,
    })),
    ...overlapOfOverrides(overrides.filter((one) => !idle.includes(one))),
    ...overlapOfHours(roster, onCall),
  ];
}

/** Why a schedule has nobody, layer by layer. */
export function whyNobody({ layers }: OnCallAt): string {
  const words = {
    'not-begun': 'has not begun',
    'off-hours': 'is outside its hours',
    'all-away': 'has nobody who is not away',
  } as const;
  return layers
    .flatMap((one) => (one.person === null ? [`layer ${one.layer} ${words[one.why]}`] : []))
    .join(', ');
}

function overlapOfOverrides(valid: readonly Roster['overrides'][number][]): Judged[] {
  const places = Map.groupBy(valid, (one) => one.layer ?? '');
  return [...places.values()]
    .filter((same) => same.length > 1)
    .map((same) => ({
      kind: 'overlap',
      because: `overrides by ${same.map((one) => one.person).join(' and ')}; ${same.at(-1)?.person ?? ''} is called`,
    }));
}

/** A layer without hours lies below the others on purpose; two with hours that answer together may be a mistake. */
function overlapOfHours({ schedule }: Roster, { layers }: OnCallAt): Judged[] {
  const both = layers.filter(
    (one, index) =>
      one.person !== null && schedule.layers[index]?.hours !== undefined && one.why !== 'override',
  );
  if (both.length < 2) return [];
  return [
    {
      kind: 'overlap',
      because: `layers ${both.map((one) => one.layer).join(' and ')} answer at the same time`,
    },
  ];
}
