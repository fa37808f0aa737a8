import { describe, expect, it } from 'vitest';
import { ExpositionError, parseExposition } from './parse-exposition.ts';
import { isWantedMetric, podCounters } from './pod-counters.ts';
import { bucketP95Ms, requestMetrics, type Scrape } from './request-metrics.ts';

const text = `# HELP http_requests_total Requests
# TYPE http_requests_total counter
http_requests_total{method="GET",status="200",tenant="t1"} 100
http_requests_total{method="GET",status="500",tenant="t1"} 5
http_requests_total{method="GET",status="499",tenant="t\\"2"} 1 1700000000000
http_request_duration_seconds_bucket{le="0.1",tenant="t1"} 90
http_request_duration_seconds_bucket{le="+Inf",tenant="t1"} 105
db_pool_max 5
db_pool_in_use 5
db_pool_waiting 2
process_cpu_seconds_total 1.5
`;

function scrape(at: number, exposition: string, changes: Partial<Scrape> = {}): Scrape {
  const counters = podCounters(parseExposition(exposition, isWantedMetric));
  return {
    at,
    pods: new Map([['pod-a', counters]]),
    missing: [],
    missed: new Set(),
    fresh: new Set(),
    ...changes,
  };
}

describe('the text format', () => {
  it('gives names, labels with escapes, and values of the wanted metrics', () => {
    const samples = parseExposition(text, isWantedMetric);
    expect(samples.map((one) => one.name)).not.toContain('process_cpu_seconds_total');
    expect(samples[2]).toEqual({
      name: 'http_requests_total',
      labels: { method: 'GET', status: '499', tenant: 't"2' },
      value: 1,
    });
    expect(parseExposition('db_pool_max +Inf', isWantedMetric)[0]?.value).toBe(Infinity);
  });

  it('names the line that it cannot read', () => {
    expect(() => parseExposition('db_pool_max 1\ndb_pool_in_use{oops 3\n', isWantedMetric)).toThrow(
      new ExpositionError(
        'line 2: "db_pool_in_use{oops 3" is no sample; expected NAME{LABEL="VALUE"} NUMBER',
      ),
    );
  });
});

describe('request metrics', () => {
  it('are the growth between two rounds', () => {
    const grown = text
      .replace('} 100', '} 130')
      .replace('status="500",tenant="t1"} 5', 'status="500",tenant="t1"} 15');
    const metrics = requestMetrics(scrape(0, text), scrape(5000, grown));
    expect(metrics.tenants).toEqual([{ tenant: 't1', requests: 40, errors: 10, p95Ms: null }]);
    expect(metrics.pools).toEqual([{ pod: 'pod-a', size: 5, inUse: 5, waiting: 2 }]);
  });

  it('take a counter that fell as restarted', () => {
    const restarted = text
      .replace('} 100', '} 7')
      .replace('status="500",tenant="t1"} 5', 'status="500",tenant="t1"} 0');
    const [t1] = requestMetrics(scrape(0, text), scrape(5000, restarted)).tenants;
    expect(t1).toMatchObject({ requests: 7, errors: 0 });
  });

  it('count all of a pod that is new, and nothing of an old pod seen for the first time', () => {
    const empty = scrape(0, '', { pods: new Map() });
    expect(requestMetrics(empty, scrape(5000, text)).tenants).toEqual([]);
    const [t1] = requestMetrics(empty, scrape(5000, text, { fresh: new Set(['pod-a']) })).tenants;
    expect(t1).toMatchObject({ tenant: 't1', requests: 105, errors: 5 });
  });

  it('name the pods that did not answer', () => {
    const metrics = requestMetrics(scrape(0, text), scrape(5000, text, { missing: ['pod-b'] }));
    expect(metrics).toMatchObject({ podsScraped: ['pod-a'], podsMissing: ['pod-b'] });
  });

  it.each([
    { buckets: [], p95: null },
    {
      buckets: [
        [0.1, 100],
        [Infinity, 100],
      ],
      p95: 95,
    },
    {
      buckets: [
        [0.1, 0],
        [0.2, 100],
        [Infinity, 100],
      ],
      p95: 195,
    },
    {
      buckets: [
        [0.1, 50],
        [Infinity, 100],
      ],
      p95: 100,
    },
  ] as const)('take the 95th percentile from buckets: $p95', ({ buckets, p95 }) => {
    const found = bucketP95Ms(new Map(buckets));
    expect(found === null ? null : Math.round(found)).toBe(p95);
  });
});
