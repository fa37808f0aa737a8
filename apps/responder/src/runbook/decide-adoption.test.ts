import type { Change } from '@tocsin/runbook';
import { expect, it } from 'vitest';
import {
  type AdoptionVerdict,
  type AdoptPolicy,
  decideAdoption,
  type NextVersion,
} from './decide-adoption.ts';

const change = (weight: Change['weight']): Change => ({
  kind: 'threshold',
  what: 'changed',
  text: weight,
  weight,
});
const [weaker, safer, neutral] = [change('weaker'), change('safer'), change('neutral')];
const inUse = { hash: 'a' };

it.each<[string, typeof inUse | null, Partial<NextVersion>, [AdoptionVerdict, AdoptionVerdict]]>([
  ['the text in use', inUse, { hash: 'a' }, ['same', 'same']],
  [
    'the text in use, that a newer compiler finds errors in',
    inUse,
    { hash: 'a', errors: 2 },
    ['same', 'same'],
  ],
  ['errors', inUse, { errors: 1 }, ['refuse', 'refuse']],
  ['errors in the first', null, { errors: 3 }, ['refuse', 'refuse']],
  ['errors beside a safe change', inUse, { errors: 1, changes: [safer] }, ['refuse', 'refuse']],
  ['the first', null, { changes: [weaker] }, ['take', 'take']],
  ['prose', inUse, {}, ['take', 'take']],
  ['a safer change', inUse, { changes: [safer] }, ['show-then-take', 'wait']],
  ['a neutral change', inUse, { changes: [neutral, safer] }, ['show-then-take', 'wait']],
  ['a weaker change', inUse, { changes: [weaker] }, ['wait', 'wait']],
  ['one weaker among others', inUse, { changes: [safer, neutral, weaker] }, ['wait', 'wait']],
])('%s', (_name, current, next, expected) => {
  const version = { hash: 'b', errors: 0, changes: [], ...next };
  const verdict = (policy: AdoptPolicy) => decideAdoption(current, version, policy).verdict;
  expect([verdict('automatic'), verdict('after-review')]).toEqual(expected);
});

it('says why, with numbers', () => {
  const next = { hash: 'b', errors: 0, changes: [safer, weaker] };
  expect(decideAdoption(inUse, next, 'automatic').because).toBe('2 changes, of which 1 weaker');
  expect(decideAdoption(inUse, { ...next, errors: 1 }, 'automatic').because).toBe('it has 1 error');
});
