import { compileRunbook } from '@tocsin/runbook';
import { expect, it } from 'vitest';
import { thresholdsOf } from './thresholds.ts';

const runbook = (detectors: string) => `# Outage Runbook

## Outage Classification

### Critical Outage (P0)
- Affects all tenants

### Minor Outage (P2)
- Single tenants

## Outage Detection

### Automated Detection
${detectors}
`;

it('reads the limits of the document', () => {
  const text = runbook(
    '- Health check failures\n- High error rate alerts (>5%)\n- High latency alerts (>1s 95th percentile)',
  );
  const thresholds = thresholdsOf(compileRunbook(text));
  expect(thresholds).toMatchObject({
    errorRatio: 0.05,
    latency: { limitMs: 1000, percentile: 95 },
    gaps: [],
  });
  expect([...thresholds.kinds]).toEqual(expect.arrayContaining(['health-check', 'error-rate', 'latency']));
});

it('changes with the document', () => {
  const text = runbook('- High error rate alerts (>60%)\n- High latency alerts (>250ms 99th percentile)');
  expect(thresholdsOf(compileRunbook(text))).toMatchObject({
    errorRatio: 0.6,
    latency: { limitMs: 250, percentile: 99 },
  });
});

const limit = (text: string) => thresholdsOf(compileRunbook(runbook(text))).connectionShare;

it('takes the share of the database connections that may be in use', () => {
  expect(limit('- Database connection alerts (>75%)')).toBe(0.75);
  expect(limit('- Database connection alerts')).toBe(0.9);
});

it('has no limit where the document names none, and says so', () => {
  const thresholds = thresholdsOf(compileRunbook(runbook('- Node failure alerts')));
  expect(thresholds).toMatchObject({ errorRatio: null, latency: null });
  expect(thresholds.gaps).toHaveLength(2);
});

it('uses the last severity for the ranks that the document does not have', () => {
  const { severities } = thresholdsOf(compileRunbook(runbook('- Health check failures')));
  expect(severities).toEqual({ critical: 'P0', major: 'P2', minor: 'P2' });
});
