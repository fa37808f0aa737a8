import { describe, expect, it } from 'vitest';
import {
  formatAgo,
  formatClock,
  formatDateAndTime,
  formatDuration,
  formatOffset,
  fromLocalInput,
  toLocalInput,
} from './format-time.ts';

describe('times on the screen', () => {
  it.each([
    [-500, '0:00'],
    [9_400, '0:09'],
    [750_000, '12:30'],
    [3_725_000, '1:02:05'],
  ])('a clock of %i ms reads %s', (ms, text) => expect(formatClock(ms)).toBe(text));

  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [9_400, '9.4 s'],
    [42_000, '42 s'],
    [180_000, '3 min'],
    [7_500_000, '2 h 5 min'],
  ])('%i ms took %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('counts from detection, also backwards', () => {
    const from = '2026-01-05T03:00:00.000Z';
    expect(formatOffset('2026-01-05T03:00:09.400Z', from)).toBe('+0:09');
    expect(formatOffset('2026-01-05T02:59:56.000Z', from)).toBe('-0:04');
  });

  it('an instant is the same after a field has held it', () => {
    const at = '2026-03-29T01:30:05.000Z';
    expect(toLocalInput(at)).toMatch(/^2026-03-\d\dT\d\d:\d\d:05$/);
    expect(fromLocalInput(toLocalInput(at))).toBe(at);
    expect(formatDateAndTime(at)).toBe(toLocalInput(at).replace('T', ' '));
    expect(() => fromLocalInput('soon')).toThrow(RangeError);
  });

  it('never says that something happened in the future', () => {
    const at = '2026-01-05T03:00:02.000Z';
    expect(formatAgo(at, Date.parse(at) - 1000)).toBe('0 s ago');
    expect(formatAgo(at, Date.parse(at) + 125_000)).toBe('2 min ago');
  });
});
