import { describe, expect, it } from 'vitest';
import { evictionTime, tolerates, untolerated } from './tolerations.ts';

const unreachable = {
  key: 'node.kubernetes.io/unreachable',
  effect: 'NoExecute',
  timeAdded: '2026-01-01T00:00:00Z',
};
const usual = {
  key: 'node.kubernetes.io/unreachable',
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
};

describe('tolerates', () => {
  it.each([
    [{ operator: 'Exists' }, true],
    [usual, true],
    [{ ...usual, effect: 'NoSchedule' }, false],
    [{ key: 'other', operator: 'Exists' }, false],
    [{ key: unreachable.key, operator: 'Equal', value: 'x' }, false],
    [{ key: unreachable.key }, true],
  ])('%o: %s', (toleration, expected) => {
    expect(tolerates(toleration, unreachable)).toBe(expected);
  });
});

it('names the taint that repels', () => {
  const cordon = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
  expect(untolerated([unreachable, cordon], [usual], ['NoSchedule', 'NoExecute'])).toBe(cordon);
});

describe('evictionTime', () => {
  it.each([
    ['no taint', [], [usual], 'never'],
    ['nothing tolerates it', [unreachable], [], 'now'],
    ['300 s by default', [unreachable], [usual], Date.parse('2026-01-01T00:05:00Z')],
    ['for ever', [unreachable], [{ operator: 'Exists' }], 'never'],
  ] as const)('%s', (_name, taints, tolerations, expected) => {
    expect(evictionTime(taints, tolerations)).toBe(expected);
  });

  it('takes the shorter limit it is told to', () => {
    expect(evictionTime([unreachable], [usual], 5_000)).toBe(Date.parse('2026-01-01T00:00:05Z'));
  });
});
