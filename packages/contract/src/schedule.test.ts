import { describe, expect, test } from 'vitest';
import { absence, schedule } from './schedule.ts';

const dates = [
  '2026-01-05',
  '2024-02-29',
  '2026-02-29',
  '0000-02-29',
  '9999-12-31',
  '+999999-01-01',
  '2026-13-01',
];
const times = [
  '09:00',
  '23:59:59',
  '23:59:60',
  '24:00',
  '09:00:00.1',
  '09:00:00.123456789',
  '09:00:00.1234567890',
];
const ends = ['', 'Z', 'z', '+01:00', '-00:00', '+23:59', '+24:00', '[UTC]', '[u-ca=hebrew]'];
const texts = dates.flatMap((date) =>
  times.flatMap((time) => ends.flatMap((end) => [`${date}T${time}${end}`, `${date} ${time}${end}`])),
);

const isStart = (start: string): boolean =>
  schedule.safeParse({ id: 's', zone: 'UTC', layers: [{ id: 'l', people: ['ada'], start }] }).success;
const isInstant = (from: string): boolean =>
  absence.safeParse({ person: 'ada', from, to: '2026-01-06T00:00Z' }).success;

describe('times of a schedule', () => {
  test('every start that is taken is a time of a clock on the wall', () => {
    const taken = texts.filter(isStart);
    expect(taken.map((text) => Temporal.PlainDateTime.from(text).toString().slice(0, 10))).toEqual(
      taken.map((text) => text.slice(0, 10)),
    );
    expect(taken).toContain('2024-02-29T09:00:00.123456789');
    expect(taken).not.toContain('2026-01-05T09:00Z');
    expect(taken).not.toContain('2026-01-05T09:00:00.1234567890');
  });

  test('every begin and end of an absence that is taken is an instant', () => {
    const taken = texts.filter(isInstant);
    expect(taken.filter((text) => Number.isNaN(Date.parse(text)))).toEqual([]);
    expect(taken).toContain('2026-01-05T09:00+01:00');
    expect(taken).not.toContain('2026-01-05T09:00');
  });
});
