import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ImpactCorrection, type RecordedMinute, sumUptime, uptimeOf } from './uptime.ts';

const minuteMs = 60_000;
const day = { from: 0, to: 120 * minuteMs };
const at = (minute: number): number => minute * minuteMs;

const minutes = fc
  .uniqueArray(
    fc.record({
      minute: fc.integer({ min: -5, max: 125 }).map(at),
      good: fc.nat(8),
      bad: fc.nat(8),
      maintenance: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
    }),
    { selector: (one) => one.minute },
  )
  .map((all): readonly RecordedMinute[] => all);

/** Also in the middle of minutes. */
const span = fc
  .tuple(fc.integer({ min: -600_000, max: 8_000_000 }), fc.nat(3_000_000))
  .map(([from, length]) => ({ from, to: from + length }));
const corrections = fc.array(fc.record<ImpactCorrection>({ measured: span, corrected: span }), {
  maxLength: 3,
});

/** Minute by minute, as one would with pencil and paper. */
function naive(rows: readonly RecordedMinute[], said: readonly ImpactCorrection[]) {
  let counted = 0;
  let down = 0;
  for (let minute = day.from; minute < day.to; minute += minuteMs) {
    const row = rows.find((one) => one.minute === minute);
    const isIn = (which: 'measured' | 'corrected') =>
      said.some((one) => one[which].from <= minute && minute < one[which].to);
    if (row?.maintenance === true) continue;
    const hasAnswers = row !== undefined && row.good + row.bad > 0;
    if (isIn('corrected') && !isIn('measured')) {
      counted += 1;
      down += 1;
    } else if (hasAnswers) {
      counted += 1;
      if (isIn('corrected') || !isIn('measured')) down += row.bad / (row.good + row.bad);
    }
  }
  return { minutes: counted, down };
}

describe('uptime', () => {
  it('equals the arithmetic of what was recorded, corrections and maintenance included', () => {
    fc.assert(
      fc.property(minutes, corrections, (rows, said) => {
        const expected = naive(rows, said);
        const sum = sumUptime(rows, said, day);
        expect(sum.minutes).toBe(expected.minutes);
        expect(sum.down).toBeCloseTo(expected.down, 9);
      }),
    );
  });

  it('is the same whether a span is added up at once or in parts', () => {
    fc.assert(
      fc.property(minutes, corrections, fc.integer({ min: 1, max: 119 }).map(at), (rows, said, middle) => {
        const whole = sumUptime(rows, said, day);
        const parts = [
          sumUptime(rows, said, { ...day, to: middle }),
          sumUptime(rows, said, { ...day, from: middle }),
        ];
        expect(parts.reduce((sum, one) => sum + one.minutes, 0)).toBe(whole.minutes);
        expect(uptimeOf(parts) ?? -1).toBeCloseTo(uptimeOf([whole]) ?? -1, 9);
      }),
    );
  });

  it('says nothing of a time in which nothing was measured', () => {
    expect(uptimeOf([sumUptime([], [], day)])).toBeNull();
    expect(uptimeOf([])).toBeNull();
  });

  it('counts a minute in which a quarter of the probes failed as a quarter of a minute', () => {
    const rows = [
      { minute: at(1), good: 3, bad: 1, maintenance: false },
      { minute: at(2), good: 4, bad: 0, maintenance: false },
      { minute: at(3), good: 0, bad: 4, maintenance: true },
    ];
    expect(uptimeOf([sumUptime(rows, [], day)])).toBe(0.875);
    const nobodyHarmed = [{ measured: { from: at(1), to: at(2) }, corrected: { from: at(3), to: at(3) } }];
    expect(uptimeOf([sumUptime(rows, nobodyHarmed, day)])).toBe(1);
    const harmedBefore = [{ measured: { from: at(1), to: at(2) }, corrected: { from: at(0), to: at(2) } }];
    expect(sumUptime(rows, harmedBefore, day)).toEqual({ minutes: 3, down: 1.25 });
  });
});
