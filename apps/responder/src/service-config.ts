import { z } from 'zod';
import { type CheckConfig, checksSchema } from './check-config.ts';
import { type PrometheusConfig, prometheusSchema } from './prometheus-config.ts';

const probe = z.object({
  /** Name of the probed function, for example `data`. */
  target: z.string(),
  url: z.url(),
  /** Host header, when the url addresses the ingress by its address. */
  host: z.string().optional(),
  intervalMs: z.number().int().min(100).default(750),
  timeoutMs: z.number().int().min(100).default(2000),
  /** False: losing this function alone is a minor outage. */
  critical: z.boolean().default(true),
});

/** The service under watch. */
export const serviceSchema = z.object({
  id: z.string(),
  namespace: z.string(),
  deployment: z.string(),
  service: z.string(),
  podLabels: z.record(z.string(), z.string()),
  podPort: z.number().int(),
  readinessPath: z.string().default('/readyz'),
  metricsPath: z.string().default('/metrics'),
  scrapeIntervalMs: z.number().int().min(500).default(5000),
  dependencies: z.array(z.string()).default([]),
  probes: z.array(probe).min(1, 'at least one outside probe'),
  /** Most probe requests a second to one target, over all tenants. */
  probesPerSecond: z.number().int().min(1).max(1000).default(50),
  /** Absent: the pods are scraped. */
  prometheus: prometheusSchema.optional(),
  /** The responder's own checks of what the service depends on. */
  checks: checksSchema,
  control: z.object({ url: z.url() }).optional(),
  tenants: z.array(z.object({ id: z.string(), tokenFile: z.string() })).default([]),
});

type ServiceConfig = z.infer<typeof serviceSchema>;

/** Files of secrets count from the configuration's folder. */
export function withServicePaths(service: ServiceConfig, at: (file: string) => string): ServiceConfig {
  return {
    ...service,
    tenants: service.tenants.map((one) => ({ ...one, tokenFile: at(one.tokenFile) })),
    checks: service.checks.map((one) => withPaths(one, at)),
    ...(service.prometheus === undefined ? {} : { prometheus: withToken(service.prometheus, at) }),
  };
}

function withToken(prometheus: PrometheusConfig, at: (file: string) => string): PrometheusConfig {
  const { tokenFile } = prometheus;
  return tokenFile === undefined ? prometheus : { ...prometheus, tokenFile: at(tokenFile) };
}

function withPaths(check: CheckConfig, at: (file: string) => string): CheckConfig {
  const urlFile = 'urlFile' in check ? check.urlFile : undefined;
  const caFile = 'caFile' in check ? check.caFile : undefined;
  return {
    ...check,
    ...(urlFile === undefined ? {} : { urlFile: at(urlFile) }),
    ...(caFile === undefined ? {} : { caFile: at(caFile) }),
  };
}
