import { expect, test } from 'vitest';
import {
  afterAttempt,
  askCircuit,
  type Circuit,
  closedCircuit,
  letsFirstThrough,
  withoutProbe,
  withProbe,
} from './circuit.ts';

const failing = (times: number, at: number): Circuit =>
  Array.from({ length: times }).reduce<Circuit>((circuit) => afterAttempt(circuit, false, at), closedCircuit);

test('three failures in a row open it for 15 s; a success in between does not let it come so far', () => {
  expect(askCircuit(failing(2, 0), 0)).toBe('closed');
  expect(askCircuit(failing(3, 0), 0)).toEqual({ waitMs: 15_000 });
  expect(askCircuit(afterAttempt(failing(2, 0), true, 0), 0)).toBe('closed');
  expect(askCircuit(afterAttempt(afterAttempt(failing(2, 0), true, 0), false, 0), 0)).toBe('closed');
});

test('then one attempt probes it while the others wait', () => {
  const open = failing(3, 0);
  expect(askCircuit(open, 15_000)).toBe('probe');
  const probing = withProbe(open, 15_000);
  expect(askCircuit(probing, 15_001)).toEqual({ waitMs: 9999 });
  expect(askCircuit(withoutProbe(probing, 15_000), 15_001)).toBe('probe');
  expect(askCircuit(afterAttempt(probing, true, 15_000), 16_000)).toBe('closed');
});

test('a failed probe opens it for twice as long, at most two minutes', () => {
  let circuit = failing(3, 0);
  const waits: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    const at = circuit.openUntil ?? 0;
    circuit = afterAttempt(withProbe(circuit, at), false, at);
    waits.push((circuit.openUntil ?? 0) - at);
  }
  expect(waits).toEqual([30_000, 60_000, 120_000, 120_000, 120_000]);
});

test('a probe that never ends is forgotten; attempts from before the opening change nothing', () => {
  const open = failing(3, 0);
  expect(askCircuit(withProbe(open, 15_000), 25_000)).toBe('probe');
  expect(afterAttempt(open, false, 5000).openUntil).toBe(open.openUntil);
});

test('while it is open first attempts go through, four at once; they close it, and open it no further', () => {
  let circuit = failing(3, 0);
  for (const at of [1000, 1000, 1001, 1002]) {
    expect(letsFirstThrough(circuit, at)).toBe(true);
    circuit = withProbe(circuit, at);
  }
  expect(letsFirstThrough(circuit, 1003)).toBe(false);
  circuit = afterAttempt(circuit, false, 1000);
  expect(circuit.openUntil).toBe(15_000);
  expect(letsFirstThrough(circuit, 1004)).toBe(true);
  expect(askCircuit(afterAttempt(circuit, true, 1001), 1005)).toBe('closed');
});
