import type { EpochMs } from '#facts';

/** What was recorded of one minute, over all functions of a component. */
export interface RecordedMinute {
  /** Its start. */
  readonly minute: EpochMs;
  readonly good: number;
  readonly bad: number;
  /** A maintenance window of the whole service was on. */
  readonly maintenance: boolean;
}

/** From its start to before its end. */
export interface Span {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** A person's word on when clients were harmed, beside what was measured. */
export interface ImpactCorrection {
  readonly measured: Span;
  readonly corrected: Span;
}

export interface UptimeSum {
  /** Minutes that count. */
  readonly minutes: number;
  /** Of them, minutes in which it did not serve: a minute in which a quarter of the probes failed is a quarter. */
  readonly down: number;
}

const minuteMs = 60_000;

/**
 * Adds up the minutes of a span. The rule, for each minute by its start: in maintenance it does not count; where a person says that
 * clients were harmed and nothing was measured of it, it is down; where harm was measured and a person says that there was
 * none, it is up; else it is down by bad / (good + bad), and without either it does not count.
 */
export function sumUptime(
  minutes: readonly RecordedMinute[],
  corrections: readonly ImpactCorrection[],
  span: Span,
): UptimeSum {
  const recorded = minutes.filter(({ minute }) => holds(span, minute));
  const known = new Set(recorded.map((one) => one.minute));
  const told = minutesOf(corrections, span)
    .filter((minute) => !known.has(minute))
    .map((minute) => ({ minute, good: 0, bad: 0, maintenance: false }));
  const shares = [...recorded, ...told].map((one) => downShare(one, corrections));
  const counted = shares.filter((share) => share !== null);
  return { minutes: counted.length, down: counted.reduce((sum, share) => sum + share, 0) };
}

/** Share of the minutes in which it served, 0 to 1; null when none counts. */
export function uptimeOf(sums: readonly UptimeSum[]): number | null {
  const minutes = sums.reduce((sum, one) => sum + one.minutes, 0);
  if (minutes === 0) return null;
  return 1 - sums.reduce((sum, one) => sum + one.down, 0) / minutes;
}

function downShare(
  { minute, good, bad, maintenance }: RecordedMinute,
  corrections: readonly ImpactCorrection[],
): number | null {
  if (maintenance) return null;
  const harmed = corrections.some(({ corrected }) => holds(corrected, minute));
  const measured = corrections.some((one) => holds(one.measured, minute));
  if (harmed && !measured) return 1;
  if (good + bad === 0) return null;
  return measured && !harmed ? 0 : bad / (good + bad);
}

function minutesOf(corrections: readonly ImpactCorrection[], span: Span): readonly EpochMs[] {
  const minutes = new Set<EpochMs>();
  for (const { corrected } of corrections) {
    const from = Math.max(corrected.from, span.from);
    for (let at = Math.ceil(from / minuteMs) * minuteMs; at < Math.min(corrected.to, span.to); at += minuteMs)
      minutes.add(at);
  }
  return [...minutes];
}

function holds({ from, to }: Span, at: EpochMs): boolean {
  return at >= from && at < to;
}
