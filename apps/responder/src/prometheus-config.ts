import { z } from 'zod';

const label = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'expected the name of a label');
const metric = z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'expected the name of a metric');
const matcher = '[a-zA-Z_][a-zA-Z0-9_]*\\s*(?:=~|!~|!=|=)\\s*"(?:[^"\\\\\\n]|\\\\.)*"';
const query = z.string().min(1).optional();

/** Where request metrics come from when a Prometheus, or something that answers as one, already has them. */
export const prometheusSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'expected an http or https url such as http://prometheus:9090' }),
  /** Sent with every query, for example `X-Scope-OrgID`. */
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9-]+$/, 'expected the name of a header'), z.string())
    .default({}),
  /** Holds a bearer token. */
  tokenFile: z.string().min(1).optional(),
  /** How often it is asked. */
  intervalMs: z.number().int().min(1000).max(15_000).default(5000),
  /** How often Prometheus scrapes the service: older samples than two of these are no present. */
  scrapeIntervalMs: z.number().int().min(1000).max(60_000).default(15_000),
  timeoutMs: z.number().int().min(100).max(10_000).default(2000),
  /** Label matchers that select the service's pods; absent: its namespace. */
  selector: z
    .string()
    .regex(
      new RegExp(`^\\s*${matcher}\\s*(?:,\\s*${matcher}\\s*)*$`),
      'expected label matchers such as job="api",zone=~"a|b"',
    )
    .optional(),
  metrics: z
    .strictObject({
      requests: metric.default('http_requests_total'),
      duration: metric.default('http_request_duration_seconds'),
    })
    .prefault({}),
  labels: z
    .strictObject({
      pod: label.default('pod'),
      tenant: label.default('tenant'),
      status: label.default('status'),
    })
    .prefault({}),
  /** Pattern of the statuses that are failures: a server's, and 499, a client that gave up. */
  errorStatus: z
    .string()
    .regex(/^[0-9.|()[\]x-]{1,60}$/, 'expected a pattern such as 5..|499')
    .default('5..|499'),
  /** Queries of your own in place of the usual ones. Counters, not rates: by pod and tenant, `durations` also by `le`. */
  queries: z
    .strictObject({ requests: query, errors: query, durations: query, up: query, gauges: query })
    .prefault({}),
});

export type PrometheusConfig = z.infer<typeof prometheusSchema>;
