import { expect, it } from 'vitest';
import { facts, now, probes } from '../../../test/facts/build-facts.ts';
import { container } from '../../../test/facts/build-outages.ts';
import { standardThresholds } from '../../../test/standard-thresholds.ts';
import type { ProbeSample, ServiceFact } from '#facts';
import { assess } from './assess.ts';
import { emptyMemory } from './memory.ts';

/** The pods declare 8080, the Service sends to 8081. */
function judge(samples: readonly ProbeSample[]) {
  const { pods, services } = facts().cluster;
  const picture = facts(
    { probes: samples },
    {
      pods: pods.map((one) => ({ ...one, containers: [container({ ports: [8080] })] })),
      services: [{ ...(services[0] as ServiceFact), targetPorts: [8081] }],
    },
  );
  return assess(picture, standardThresholds, emptyMemory).assessment;
}

const servedUntil = (agoMs: number) => probes({ count: 12 }).filter((one) => one.endedAt < now - agoMs);

it('confirms after 2 s without an answer what a Service says of its port', () => {
  const samples = [...servedUntil(2500), ...probes({ count: 3, failed: 3, overMs: 2400 })];
  expect(judge(samples)).toMatchObject({ verdict: 'confirmed', severity: 'P0', confirmedBy: ['A', 'C'] });
});

it('proves nothing while others are served', () => {
  const assessment = judge(probes({ count: 40, failed: 6 }));
  expect(assessment.verdict).toBe('suspected');
  expect(assessment.reason).toContain('one class of source only');
});

it('waits for enough failures', () => {
  const samples = [...servedUntil(2500), ...probes({ tenants: ['t1'], count: 3, failed: 3, overMs: 2400 })];
  expect(judge(samples).verdict).toBe('suspected');
});
