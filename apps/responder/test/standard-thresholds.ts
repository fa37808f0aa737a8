import type { Thresholds } from '#detection';

/** Thresholds of the document that ships: 5 % errors, 1 s at the 95th percentile. */
export const standardThresholds: Thresholds = {
  errorRatio: 0.05,
  latency: { limitMs: 1000, percentile: 95 },
  connectionShare: 0.9,
  kinds: new Set([
    'health-check',
    'error-rate',
    'latency',
    'crash-loop',
    'database-connections',
    'node-failure',
  ]),
  severities: { critical: 'P0', major: 'P1', minor: 'P2' },
  gaps: [],
};
