import { describe, expect, it } from 'vitest';
import { parseDurationMs } from './duration.ts';

describe('parseDurationMs', () => {
  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
  ])('%s is %d ms', (text, ms) => expect(parseDurationMs('--hold', text)).toBe(ms));

  it.each(['10', 's', '-5s', '10 s', '10d', ''])(
    'refuses "%s" with the option and what was expected',
    (text) => {
      expect(() => parseDurationMs('--hold', text)).toThrow(
        `--hold ${text}: expected a number with ms, s, m or h`,
      );
    },
  );
});
