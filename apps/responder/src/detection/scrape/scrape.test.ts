import { describe, expect, it } from 'vitest';
import { createSeriesBook, trimSeriesBook, type SeriesBook } from './known-series.ts';
import { type MetricSample, parseExposition } from './parse-exposition.ts';
import { isWantedMetric, podCounters } from './pod-counters.ts';
import { createExpositionReader, ExpositionError } from './read-exposition.ts';
import { bucketP95Ms, requestMetrics, type Scrape } from './request-metrics.ts';
import type { Series } from './series.ts';

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

function bucket(tenant: string, le: string, count: number): string {
  return `http_request_duration_seconds_bucket{tenant="${tenant}",le="${le}"} ${count}`;
}

function piecesOf(whole: string, length: number): readonly string[] {
  return Array.from({ length: Math.ceil(whole.length / length) }, (_, i) =>
    whole.slice(i * length, (i + 1) * length),
  );
}

/** Of a text that comes in pieces. */
function samplesOf(pieces: readonly string[], book: SeriesBook<Series>): readonly MetricSample[] {
  const samples: MetricSample[] = [];
  const take = (series: Series, value: number) => void samples.push({ ...series, value });
  const reader = createExpositionReader<Series>({
    book,
    isWanted: isWantedMetric,
    meaningOf: (series) => series,
    take,
  });
  for (const piece of pieces) reader.read(piece);
  reader.end();
  return samples;
}

function seen(rows: readonly [string, number][]): string {
  const lines = rows.map(
    ([le, count]) => `http_request_duration_seconds_bucket{tenant="t1",le="${le}"} ${count}`,
  );
  return ['http_requests_total{status="200",tenant="t1"} 100', ...lines].join('\n');
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

  it('reads the same with series that it knows from the scrape before', () => {
    const known = createSeriesBook<Series>();
    const first = parseExposition(text, isWantedMetric, known);
    expect(parseExposition(text, isWantedMetric, known)).toEqual(first);
    expect(known.byText.get('process_cpu_seconds_total')?.meaning).toBeNull();
    const later = parseExposition(text.replace('} 100', '} 101'), isWantedMetric, known);
    expect(later[0]).toEqual({ ...first[0], value: 101 });
    expect(() => parseExposition('db_pool_max 1 2 3', isWantedMetric, known)).toThrow(
      'line 1: "db_pool_max 1 2 3"',
    );
  });

  it('reads the same in pieces of any length, and when series come, go and change places', () => {
    const lines = text.trimEnd().split('\n');
    const moved = [
      ...lines.slice(4),
      'http_requests_total{status="200",tenant="t3"} 7',
      ...lines.slice(0, 3),
    ];
    const book = createSeriesBook<Series>();
    for (const [i, one] of [text, text, moved.join('\n'), text, moved.join('\r\n'), ''].entries())
      expect(samplesOf(piecesOf(one, i + 1), book)).toEqual(parseExposition(one, isWantedMetric));
  });

  it('takes no series for another one that begins alike', () => {
    const book = createSeriesBook<Series>();
    for (const one of [
      'db_pool_max 1\ndb_pool_size 2\n',
      'db_pool_max_age 3\ndb_pool_size 4\ndb_pool_max 5\n',
    ])
      expect(samplesOf([one], book)).toEqual(parseExposition(one, isWantedMetric));
  });

  it.each([
    ['0', 0],
    ['12', 12],
    ['1e+06', 1e6],
    ['0.25', 0.25],
    ['12345678901234567890', 12345678901234567000],
    ['+Inf', Infinity],
    ['-Inf', -Infinity],
    ['NaN', NaN],
    ['7 1700000000000', 7],
  ])('reads the value %s, also of a series that it expects', (written, value) => {
    const book = createSeriesBook<Series>();
    const line = `db_pool_max ${written}\n`;
    expect([1, 2].map(() => parseExposition(line, isWantedMetric, book)[0]?.value)).toEqual([value, value]);
  });

  it('forgets series that are too many, and reads on', () => {
    const book = createSeriesBook<Series>();
    const first = parseExposition(text, isWantedMetric, book);
    trimSeriesBook(book, book.byText.size);
    expect(book.byText.size).toBeGreaterThan(0);
    trimSeriesBook(book, book.byText.size - 1);
    expect(book).toEqual(createSeriesBook());
    expect(parseExposition(text, isWantedMetric, book)).toEqual(first);
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
    { bounds: [], counts: [], p95: null },
    { bounds: [0.1, Infinity], counts: [0, 0], p95: null },
    { bounds: [0.1, Infinity], counts: [100, 100], p95: 95 },
    { bounds: [0.1, 0.2, Infinity], counts: [0, 100, 100], p95: 195 },
    { bounds: [0.1, Infinity], counts: [50, 100], p95: 100 },
  ])('take the 95th percentile from buckets: $p95', ({ bounds, counts, p95 }) => {
    const found = bucketP95Ms({ bounds, counts });
    expect(found === null ? null : Math.round(found)).toBe(p95);
  });

  it('count a bound that a tenant does not name as 0, in whatever order bounds come', () => {
    const rows = [
      bucket('a', '+Inf', 3),
      bucket('a', '0.1', 1),
      bucket('b', '0.5', 2),
      bucket('a', '0.1', 1),
    ];
    const { tenants } = podCounters(parseExposition(rows.join('\n'), isWantedMetric));
    const bounds = [0.1, 0.5, Infinity];
    expect(tenants.get('a')?.buckets).toEqual({ bounds, counts: [2, 0, 3] });
    expect(tenants.get('b')?.buckets).toEqual({ bounds, counts: [0, 2, 0] });
  });

  it('add up pods of two releases with other buckets', () => {
    const old = seen([
      ['0.1', 100],
      ['+Inf', 100],
    ]);
    const slower = seen([
      ['+Inf', 100],
      ['0.4', 100],
      ['0.2', 0],
    ]);
    const pods = new Map(
      [old, slower].map((one, i) => [`pod-${i}`, podCounters(parseExposition(one, isWantedMetric))]),
    );
    const fresh = new Set(pods.keys());
    const [t1] = requestMetrics(
      scrape(0, '', { pods: new Map() }),
      scrape(5000, '', { pods, fresh }),
    ).tenants;
    expect(t1).toMatchObject({ requests: 200, errors: 0 });
    // All of the old release were at or below 0.1 s, so at or below 0.4 s too: 95 % lie at 0.38 s.
    expect(Math.round(t1?.p95Ms ?? 0)).toBe(380);
  });
});
