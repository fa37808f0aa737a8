import type { EpochMs } from '#facts';
import type { LayerAnswer, OnCallAt, Roster } from './roster.ts';
import { segmentsBetween } from './segments.ts';
import { isAway } from './who-is-on-call-at.ts';

/** Something in a schedule that somebody should look at, with its span. */
export interface ScheduleWarning {
  readonly kind: 'gap' | 'overlap' | 'idle-override';
  readonly schedule: string;
  /** Whose gap it is where another layer answers; absent: the schedule's. */
  readonly layer?: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly because: string;
}

/**
 * Gaps, overlaps (two overrides of a layer, or two layers with hours) and overrides by somebody who is away. A gap is that nobody is on
 * call at all, for whatever reason; or that a layer has nobody although it should, while another answers: all its people are away, or it
 * cannot be read. A layer that has not begun, or is outside its hours, is as planned. The reason of a gap is that of its begin.
 */
export function findWarnings(roster: Roster, from: EpochMs, to: EpochMs): ScheduleWarning[] {
  const found: ScheduleWarning[] = [];
  for (const span of segmentsBetween(roster, from, to))
    for (const judged of judge(roster, span)) {
      const { kind, layer, because } = judged;
      const before = found.findLastIndex(
        (one) => one.kind === kind && one.layer === layer && (kind === 'gap' || one.because === because),
      );
      const earlier = found[before];
      if (earlier?.to === span.from) found[before] = { ...earlier, to: span.to };
      else found.push({ ...judged, schedule: roster.schedule.id, from: span.from, to: span.to });
    }
  return found;
}

type Judged = Pick<ScheduleWarning, 'kind' | 'layer' | 'because'>;

function judge(roster: Roster, { from, onCall }: { from: EpochMs; onCall: OnCallAt }): Judged[] {
  const overrides = roster.overrides.filter(
    (one) => Date.parse(one.from) <= from && from < Date.parse(one.to),
  );
  const idle = overrides.filter((one) => isAway(roster.away, one.person, from));
  return [
    ...gapsOf(onCall),
    ...idle.map(({ person }) => ({
      kind: 'idle-override' as const,
      because: `${person} overrides, but is away`,
    })),
    ...overlapOfOverrides(onCall),
    ...overlapOfHours(roster, onCall),
  ];
}

function gapsOf(onCall: OnCallAt): Judged[] {
  if (onCall.line.length === 0) return [{ kind: 'gap', because: whyNobody(onCall) }];
  return onCall.layers.flatMap((one): Judged[] =>
    one.person === null && (one.why === 'all-away' || one.why === 'unreadable')
      ? [{ kind: 'gap', layer: one.layer, because: `layer ${one.layer} ${whyNot(one)}` }]
      : [],
  );
}

/** Why a schedule has nobody, layer by layer. */
export function whyNobody({ layers }: Pick<OnCallAt, 'layers'>): string {
  return layers
    .flatMap((one) => (one.person === null ? [`layer ${one.layer} ${whyNot(one)}`] : []))
    .join(', ');
}

function whyNot(answer: Extract<LayerAnswer, { person: null }>): string {
  switch (answer.why) {
    case 'not-begun':
      return 'has not begun';
    case 'off-hours':
      return 'is outside its hours';
    case 'all-away':
      return 'has nobody who is not away';
    case 'unreadable':
      return `cannot be read: ${answer.because}`;
    default:
      return answer satisfies never;
  }
}

/** Those that take the place of one layer, whether they name it or not. */
function overlapOfOverrides({ taken }: OnCallAt): Judged[] {
  const places = Map.groupBy(
    taken.filter((one) => one.layer !== null),
    (one) => one.layer,
  );
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
