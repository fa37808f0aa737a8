import { readFileSync } from 'node:fs';
import { compileRunbook } from '@tocsin/runbook';
import { expect, it } from 'vitest';
import { facts, probes, read } from '../../test/facts/build-facts.ts';
import { assess } from './assess/assess.ts';
import { emptyMemory } from './assess/memory.ts';
import { thresholdsOf } from './thresholds.ts';

const shipped = readFileSync(new URL('../../../../runbooks/outage.md', import.meta.url), 'utf8');

/** A third of every tenant's requests time out, and the pod of one node is silent. */
const outage = facts({
  probes: probes({ count: 20, failed: 6, outcome: 'timeout' }),
  directReads: [read('a', 'ok'), read('b', 'timeout'), read('c', 'ok')],
});

const judgedBy = (markdown: string) =>
  assess(outage, thresholdsOf(compileRunbook(markdown)), emptyMemory).assessment;

it('the shipped runbook pages for a third of the requests', () => {
  expect(judgedBy(shipped)).toMatchObject({ verdict: 'confirmed', severity: 'P0' });
});

it('the same runbook with another error rate in its text does not', () => {
  const edited = shipped.replace(/>\s?5\s?%/, '>60%');
  expect(edited).not.toBe(shipped);
  expect(judgedBy(edited).verdict).not.toBe('confirmed');
});
