import { expect, it } from 'vitest';
import { intakeSchema } from '../intake-config.ts';
import { createInhibition } from './inhibition.ts';

const { inhibit } = intakeSchema.parse({
  inhibit: [
    { source: ['severity="critical"'], target: ['severity=~"warning|critical"'], equal: ['cluster', 'zone'] },
  ],
});

const alert = (fingerprint: string, labels: Record<string, string>) => ({ fingerprint, labels });

it('keeps back what a graver one with equal labels explains', () => {
  const inhibition = createInhibition(inhibit);
  inhibition.add(alert('a', { severity: 'critical', cluster: 'x' }));
  expect(inhibition.by(alert('b', { severity: 'warning', cluster: 'x' }))).toEqual(['a']);
  expect(inhibition.by(alert('b', { severity: 'warning', cluster: 'x', zone: '' }))).toEqual(['a']);
  expect(inhibition.by(alert('b', { severity: 'warning', cluster: 'y' }))).toEqual([]);
  expect(inhibition.by(alert('b', { severity: 'info', cluster: 'x' }))).toEqual([]);
});

it('lets two that match both sides not keep back each other', () => {
  const inhibition = createInhibition(inhibit);
  const one = alert('a', { severity: 'critical', cluster: 'x' });
  const other = alert('b', { severity: 'critical', cluster: 'x' });
  inhibition.add(one);
  inhibition.add(other);
  expect(inhibition.by(one)).toEqual([]);
  expect(inhibition.by(other)).toEqual([]);
});
