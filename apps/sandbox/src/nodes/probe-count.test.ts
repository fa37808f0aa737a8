import { expect, it } from 'vitest';
import { countProbe, noProbeYet, type ProbeCount } from './probe-count.ts';

function verdicts(results: string, probe: { successThreshold?: number; failureThreshold?: number }): string {
  let count: ProbeCount = noProbeYet;
  return [...results]
    .map((letter) => {
      count = countProbe(count, letter === 'o', probe);
      return count.verdict.charAt(0);
    })
    .join('');
}

it.each([
  ['ooxxxo', {}, 'ssssfs'],
  ['xxx', {}, 'uuf'],
  ['oxoxx', { failureThreshold: 2 }, 'ssssf'],
  ['xoxoo', { failureThreshold: 1, successThreshold: 2 }, 'ffffs'],
])('%s with %o gives %s', (results, probe, expected) => {
  expect(verdicts(results, probe)).toBe(expected);
});
