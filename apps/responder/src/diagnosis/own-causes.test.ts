import { compileRunbook } from '@tocsin/runbook';
import { expect, test } from 'vitest';
import { now, pod, probes } from '../../test/facts/build-facts.ts';
import { dependencyFacts, lines } from '../../test/facts/build-outages.ts';
import type { Facts } from '#facts';
import { diagnose } from './diagnose.ts';

const failing = probes({ count: 30, failed: 30, overMs: 30_000 });
const facts = (over: Partial<Facts> = {}): Facts => dependencyFacts({ probes: failing, ...over });

function planOf(annotation: object) {
  const markdown = `# Outage

## Common Scenarios

<!-- tocsin: ${JSON.stringify(annotation)} -->
### Exports take everything
**Symptoms**: requests wait

**Resolution**:
\`\`\`bash
kubectl rollout restart deployment/multitenant-api -n platform
\`\`\`
`;
  return compileRunbook(markdown, { file: 'own.md' });
}

const named = (picture: Facts, annotation: object): readonly string[] =>
  diagnose(picture, planOf(annotation)).map((one) => `${one.id} ${one.subject} ${one.confidence}`);

const own = 'scenario:exports-take-everything';
const waits = `cel: logSignatures.exists(s, s.signature == 'pool-timeout' && s.count >= 3)`;

test('evidence that holds names the scenario, on its subject, as sure as it says', () => {
  const picture = facts({ logSignatures: lines('pool-timeout') });
  const annotation = { evidence: waits, subject: 'deployment/exports', confidence: '0.8' };
  expect(named(picture, annotation)).toContain(`${own} deployment/exports 0.8`);
  expect(diagnose(picture, planOf(annotation)).find((one) => one.id === own)?.for[0]).toContain(
    waits.slice(5),
  );
});

test('evidence that does not hold is ruled out by name', () => {
  const [unknown] = diagnose(facts(), planOf({ evidence: waits }));
  expect(unknown?.id).toBe('unknown');
  expect(unknown?.against).toContain(`not ${own}: the evidence of "Exports take everything" does not hold`);
});

test('without a subject the watched deployment is meant', () => {
  const { deployment } = facts().service;
  expect(named(facts(), { evidence: 'cel: probes.size() > 10' })).toEqual([
    `${own} deployment/${deployment} 0.7`,
  ]);
});

test('a list names each subject', () => {
  const picture = dependencyFacts({ probes: failing }, { pods: [pod('a', { ready: false }), pod('b')] });
  const evidence = `cel: cluster.pods.filter(p, !p.ready).map(p, 'pod/' + p.name)`;
  const subjects = named(picture, { evidence }).filter((one) => one.startsWith(own));
  expect(subjects).toEqual([`${own} pod/${pod('a').name} 0.7`]);
});

test.each([
  ['cel: cluster.pods[99].ready', 'its evidence could not be judged'],
  ['cel: service.owner', 'its evidence could not be judged'],
  ['promql: up == 0', 'Prometheus has not answered it'],
])('evidence that cannot be judged, %s, names nothing and says so', (evidence, why) => {
  const found = diagnose(facts(), planOf({ evidence }));
  expect(found.map((one) => one.id)).toEqual(['unknown']);
  expect(found[0]?.against.join('\n')).toContain(why);
});

const up = { expression: 'up == 0', at: now - 5000, problem: null };

test.each([
  ['series', { ...up, series: [{ labels: '{pod="a"}', value: 0 }] }, true],
  ['no series', { ...up, series: [] }, false],
  ['an old answer', { ...up, at: now - 120_000, series: [{ labels: '{}', value: 0 }] }, false],
  ['an error', { ...up, problem: 'HTTP 503', series: [] }, false],
])('PromQL: %s', (_name, answer, holds) => {
  const found = named(facts({ queries: [answer] }), { evidence: 'promql: up == 0' });
  expect(found.some((one) => one.startsWith(own))).toBe(holds);
});
