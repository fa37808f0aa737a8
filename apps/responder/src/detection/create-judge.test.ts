import { expect, test } from 'vitest';
import { createLogger } from '#platform';
import { facts, later, probes } from '../../test/facts/build-facts.ts';
import { plan } from '../../test/runbook.ts';
import { createJudge } from './create-judge.ts';

test('an outage is said again every 2 s, also before an incident is known: the first word may have met no database', () => {
  const told: string[] = [];
  const judge = createJudge({
    plan,
    log: createLogger({ level: 'silent' }),
    onAssessment: (assessment) => told.push(assessment.verdict),
  });
  const down = facts({ probes: probes({ count: 10, failed: 10 }), directReads: [] });
  for (let t = 0; t <= 60_000; t += 250) judge.judge(later(down, t));
  const confirmed = told.filter((verdict) => verdict === 'confirmed').length;
  expect(confirmed).toBeGreaterThanOrEqual(20);
  expect(told.length).toBeLessThan(40);
});
