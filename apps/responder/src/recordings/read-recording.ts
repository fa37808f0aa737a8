import { z } from 'zod';
import type { ResourceName } from '#cluster';
import type { ProbeOutcome, ProbeSample, KubeletAnswer, QueryAnswer } from '#facts';
import { instantMs, parseAt, readRows, readRowsIfAny } from './read-rows.ts';
import { RecordingError } from './recording-error.ts';
import type { RecordingFiles } from './recording-files.ts';
import type { MetricRow, Recording, RecordingMeta, WatchRow } from './recording.ts';

const name = z.string().min(1);
const metaSchema = z
  .object({
    name,
    kind: z.enum(['fault', 'control']),
    startedAt: instantMs,
    injectedAt: instantMs,
    clearedAt: instantMs,
    endedAt: instantMs,
    namespace: name,
    deployment: name,
    service: name,
    podLabels: z.record(z.string(), z.string()).optional(),
    dependencies: z.array(z.string()).default(['statefulset/postgres', 'deployment/redis']),
  })
  .transform((meta): RecordingMeta => ({ ...meta, podLabels: meta.podLabels ?? { app: meta.deployment } }));

const followed = new Set<string>([
  'pods',
  'nodes',
  'leases',
  'endpointslices',
  'deployments',
  'statefulsets',
  'services',
  'networkpolicies',
  'events',
] satisfies ResourceName[]);

const watchSchema = z
  .object({
    t: instantMs,
    resource: name,
    type: z.enum(['ADDED', 'MODIFIED', 'DELETED']),
    object: z.looseObject({ metadata: z.looseObject({ name }) }),
  })
  .transform(({ t, resource, type, object }): WatchRow => ({
    at: t,
    resource: resource as ResourceName,
    type,
    object,
  }));

const outcomes: readonly ProbeOutcome[] = ['ok', 'http-error', 'timeout', 'refused', 'dns', 'tls', 'aborted'];

/** A recorded error is one of our outcomes, or an error code of the network. */
function outcomeOf(status: number | null | undefined, error: string | undefined): ProbeOutcome {
  if (typeof status === 'number') return status >= 400 ? 'http-error' : 'ok';
  return outcomes.find((one) => one === error) ?? 'refused';
}

const probeSchema = z
  .object({
    t: instantMs,
    target: name,
    tenant: z.string().nullish(),
    status: z.number().int().nullish(),
    error: z.string().optional(),
    ms: z.number().min(0),
  })
  .refine((one) => typeof one.status === 'number' || one.error !== undefined, {
    path: ['status'],
    message: 'expected a status or an error',
  })
  .transform(({ t, target, tenant, status, error, ms }): ProbeSample => ({
    startedAt: t,
    endedAt: t + ms,
    target,
    tenant: tenant ?? null,
    outcome: outcomeOf(status, error),
    status: status ?? null,
    durationMs: ms,
  }));

const metricSchema = z
  .object({
    t: instantMs,
    pod: name,
    name,
    labels: z.record(z.string(), z.string()).default({}),
    value: z.number(),
  })
  .transform(({ t, ...row }): MetricRow => ({ at: t, ...row }));

const logSchema = z
  .object({ t: instantMs, pod: name, line: z.string() })
  .transform(({ t, pod, line }) => ({ at: t, pod, line }));

const readSchema = z
  .object({
    t: instantMs,
    subject: name,
    node: z.string().nullable(),
    outcome: z.enum(outcomes),
    status: z.number().int().nullable(),
    ms: z.number(),
  })
  .transform(({ t, subject, node, outcome, status, ms }) => ({
    at: t,
    subject,
    nodeName: node,
    outcome,
    status,
    durationMs: ms,
  }));

const checkSchema = z
  .object({
    t: instantMs,
    kind: z.enum(['tcp', 'postgres', 'redis', 'tls', 'dns']),
    subject: name,
    outcome: z.enum(['ok', 'refused', 'timeout', 'dns', 'tls', 'rejected']),
    detail: z.string(),
    ms: z.number(),
    values: z.record(z.string(), z.number()),
  })
  .transform(({ t, ms, ...check }) => ({ at: t, durationMs: ms, ...check }));

const querySchema = z
  .object({
    t: instantMs,
    expression: name,
    problem: z.string().nullable(),
    series: z.array(z.object({ labels: z.string(), value: z.number() })),
  })
  .transform(({ t, ...answer }): QueryAnswer => ({ at: t, ...answer }));

const kubeletSchema = z
  .object({ t: instantMs, node: name, answered: z.boolean(), ms: z.number() })
  .transform(({ t, node, answered, ms }): KubeletAnswer => ({ at: t, node, answered, durationMs: ms }));

const inOrder = <T extends { readonly at: number }>(rows: readonly T[]): readonly T[] =>
  rows.toSorted((a, b) => a.at - b.at);

/** Parses a recording. `expected` of its meta.json is not read here. Throws RecordingError with the place of the first mistake. */
export function readRecording(files: RecordingFiles): Recording {
  const meta = readMeta(files);
  return {
    ...meta,
    watch: inOrder(readRows(files, 'watch.jsonl', watchSchema)).filter((row) => followed.has(row.resource)),
    probes: readRows(files, 'probe.jsonl', probeSchema).toSorted((a, b) => a.endedAt - b.endedAt),
    metrics: inOrder(readRows(files, 'metrics.jsonl', metricSchema)),
    logs: inOrder(readRows(files, 'logs.jsonl', logSchema)),
    reads: inOrder(readRowsIfAny(files, 'reads.jsonl', readSchema)),
    checks: inOrder(readRowsIfAny(files, 'checks.jsonl', checkSchema)),
    queries: inOrder(readRowsIfAny(files, 'queries.jsonl', querySchema)),
    kubelets: inOrder(readRowsIfAny(files, 'kubelets.jsonl', kubeletSchema)),
  };
}

function readMeta(files: RecordingFiles): RecordingMeta {
  const text = files.text('meta.json');
  const place = files.place('meta.json');
  if (text === null) throw new RecordingError(`${place}: missing; expected what was recorded, and when`);
  const meta = parseAt(metaSchema, text, place);
  const times = ['startedAt', 'injectedAt', 'clearedAt', 'endedAt'] as const;
  const wrong = times.findIndex((one, i) => meta[one] < meta[times[i - 1] ?? one]);
  if (wrong > 0)
    throw new RecordingError(
      `${place}: ${times[wrong]}: ${new Date(meta[times[wrong] ?? 'endedAt']).toISOString()} is before ${times[wrong - 1]}; expected ${times.join(' <= ')}`,
    );
  return meta;
}
