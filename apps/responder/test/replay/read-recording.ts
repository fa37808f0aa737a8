import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ResourceName } from '#cluster';
import type { ProbeOutcome, ProbeSample } from '#facts';

/** One recording, parsed and in order of time. */
export interface Recording {
  readonly name: string;
  readonly kind: 'fault' | 'control';
  readonly injectedAt: number;
  readonly clearedAt: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly meta: RecordingMeta;
  readonly watch: readonly { at: number; resource: ResourceName; type: string; object: unknown }[];
  readonly probes: readonly ProbeSample[];
  readonly metrics: readonly MetricRow[];
  readonly logs: readonly { at: number; pod: string; line: string }[];
}

export interface MetricRow {
  readonly at: number;
  readonly pod: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface RecordingMeta {
  readonly name: string;
  readonly kind: 'fault' | 'control';
  readonly startedAt: string;
  readonly injectedAt: string;
  readonly clearedAt: string;
  readonly endedAt: string;
  readonly namespace: string;
  readonly deployment: string;
  readonly service: string;
  /** Only tests may look at it. */
  readonly expected: {
    readonly outage: boolean;
    readonly severity: string | null;
    readonly severityAlsoDefensible?: readonly string[];
    readonly causes: readonly { readonly diagnosis: string; readonly subject: string }[];
  };
}

interface Line {
  readonly t: string;
  readonly [key: string]: unknown;
}

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
]);

function outcomeOf(line: Line): ProbeOutcome {
  const { status, error } = line as { status?: number; error?: string };
  if (status !== undefined) return status >= 400 ? 'http-error' : 'ok';
  return error === 'timeout' ? 'timeout' : 'refused';
}

function probeOf(line: Line): ProbeSample {
  const startedAt = Date.parse(line.t);
  const durationMs = Number(line['ms']);
  return {
    startedAt,
    endedAt: startedAt + durationMs,
    target: String(line['target']),
    tenant: (line['tenant'] as string | null | undefined) ?? null,
    outcome: outcomeOf(line),
    status: (line['status'] as number | undefined) ?? null,
    durationMs,
  };
}

/** Parses the text of the recording's files by name. */
export function parseRecording(file: (name: string) => string): Recording {
  const meta = JSON.parse(file('meta.json')) as RecordingMeta;
  const lines = (name: string) =>
    file(name)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line);
  return {
    name: meta.name,
    kind: meta.kind,
    startedAt: Date.parse(meta.startedAt),
    injectedAt: Date.parse(meta.injectedAt),
    clearedAt: Date.parse(meta.clearedAt),
    endedAt: Date.parse(meta.endedAt),
    meta,
    watch: lines('watch.jsonl')
      .filter((line) => followed.has(String(line['resource'])))
      .map((line) => ({
        at: Date.parse(line.t),
        resource: line['resource'] as ResourceName,
        type: String(line['type']),
        object: line['object'],
      })),
    probes: lines('probe.jsonl')
      .map(probeOf)
      .toSorted((a, b) => a.endedAt - b.endedAt),
    metrics: lines('metrics.jsonl').map((line) => ({
      ...(line as unknown as Omit<MetricRow, 'at'>),
      at: Date.parse(line.t),
    })),
    logs: lines('logs.jsonl').map((line) => ({
      at: Date.parse(line.t),
      pod: String(line['pod']),
      line: String(line['line']),
    })),
  };
}

/** A recording folder as it lies on disk. */
export function readRecording(folder: string): Recording {
  return parseRecording((name) => readFileSync(`${folder}/${name}`, 'utf8'));
}

/** A recording packed into one file: gzip of a JSON object, file name -> text. */
export function readPackedRecording(file: string): Recording {
  const texts = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Record<string, string>;
  return parseRecording((name) => texts[name] ?? '');
}
