import type { IncidentView } from '@tocsin/contract';
import { expect, it } from 'vitest';
import { namedCauses } from './named-causes.ts';

const cause = (id: string) => ({ id, subject: 'networkpolicy/shut', confidence: 0.8 });
const look = (id: string, status: string) =>
  ({ diagnoses: [cause(id)], steps: [{ status }] }) as unknown as IncidentView;

it('is what is said now, until a step succeeds', () => {
  const first = namedCauses([], look('unknown', 'proposed'));
  const second = namedCauses(first, look('network-partition', 'running'));
  expect(second).toEqual([cause('network-partition')]);
  expect(namedCauses(second, look('unknown', 'running'))).toEqual(second);
  expect(namedCauses(second, look('late', 'running'))).toEqual([cause('late'), cause('network-partition')]);
  expect(namedCauses(second, look('unknown', 'succeeded'))).toEqual(second);
  expect(namedCauses(second, look('unknown', 'failed'))).toEqual([cause('unknown')]);
  expect(namedCauses([], look('late', 'succeeded'))).toEqual([cause('late')]);
});
