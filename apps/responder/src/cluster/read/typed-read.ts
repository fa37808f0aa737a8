import { stringify } from 'yaml';
import type { KubeApi, KubeCall } from '../kube-api.ts';
import { describeText } from './describe-text.ts';
import { kubectlResource, resourcePath, type KubectlResource } from './kubectl-resources.ts';
import { parseKubectl, type KubectlRead } from './parse-kubectl.ts';
import { readPodLogs } from './read-pod-logs.ts';
import { sortRows } from './sort-rows.ts';
import { tableText, type WireTable } from './table-text.ts';

const asTable = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

interface Target {
  readonly resource: KubectlResource;
  readonly namespace: string | null;
  readonly name: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

function targetOf(read: KubectlRead): Target | null {
  const [word = '', second] = read.words;
  const [kind = '', slashName] = word.split('/');
  const resource = kubectlResource(kind);
  if (resource === null || read.words.length > 2 || kind.includes(',')) return null;
  return { resource, namespace: namespaceOf(read), name: slashName ?? second };
}

function namespaceOf({ flags }: KubectlRead): string | null {
  if (flags['all-namespaces'] !== undefined) return null;
  const named = flags['namespace'];
  return typeof named === 'string' ? named : 'default';
}

function textFlag({ flags }: KubectlRead, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

function callFor(read: KubectlRead, target: Target, signal?: AbortSignal): KubeCall {
  return {
    path: resourcePath(target.resource, target),
    query: {
      labelSelector: textFlag(read, 'selector'),
      fieldSelector: textFlag(read, 'field-selector'),
    },
    ...(signal === undefined ? {} : { signal }),
  };
}

async function getAsText(api: KubeApi, read: KubectlRead, signal?: AbortSignal): Promise<string | null> {
  const target = targetOf(read);
  if (target === null) return null;
  const call = callFor(read, target, signal);
  const output = textFlag(read, 'output') ?? '';
  switch (output) {
    case 'json':
      return `${JSON.stringify(await api.json(call), null, 4)}\n`;
    case 'yaml':
      return stringify(await api.json(call));
    case '':
    case 'wide':
      return getAsTable(api, read, call);
    default:
      return null;
  }
}

async function getAsTable(api: KubeApi, read: KubectlRead, call: KubeCall): Promise<string> {
  const sortBy = textFlag(read, 'sort-by');
  const includeObject = sortBy === undefined ? 'Metadata' : 'Object';
  const table = await api.json<WireTable>({
    ...call,
    accept: asTable,
    query: { ...call.query, includeObject },
  });
  const rows = sortBy === undefined ? table.rows : sortRows(table.rows ?? [], sortBy);
  if ((rows ?? []).length === 0) return `No resources found\n`;
  return tableText(
    { ...table, rows: rows ?? [] },
    {
      wide: read.flags['output'] === 'wide',
      labels: (textFlag(read, 'label-columns') ?? '').split(',').filter(Boolean),
      headers: read.flags['no-headers'] === undefined,
    },
  );
}

async function describe(api: KubeApi, read: KubectlRead, signal?: AbortSignal): Promise<string | null> {
  const target = targetOf(read);
  if (target === null) return null;
  const call = callFor(read, target, signal);
  const answer = await api.json<Json & { readonly items?: readonly Json[] }>(call);
  const objects = target.name === undefined ? (answer.items ?? []) : [answer];
  const place = target.resource.namespaced ? `/namespaces/${target.namespace ?? 'default'}` : '';
  const events = await api
    .json<{ items?: readonly Json[] }>({ ...call, path: `/api/v1${place}/events`, query: {} })
    .catch(() => ({ items: [] }));
  const texts = objects.map((object) => describeText(object, eventsOf(object, events.items ?? [])));
  return texts.join('\n\n');
}

function eventsOf(object: Json, events: readonly Json[]): readonly Json[] {
  const name = (object['metadata'] as Json | undefined)?.['name'];
  return events
    .filter((event) => (event['involvedObject'] as Json | undefined)?.['name'] === name)
    .slice(-20);
}

async function clusterInfo(api: KubeApi, signal?: AbortSignal): Promise<string> {
  await api.text({ path: '/version', ...(signal === undefined ? {} : { signal }) });
  return `Kubernetes control plane is running at ${api.server}\n`;
}

/**
 * Answers a kubectl read by API calls, as plain text, for a machine without kubectl: `get`, `describe`, `logs`,
 * `cluster-info`, `version`. Null when the command has no such form. Throws what the API call throws.
 */
export async function typedRead(
  api: KubeApi,
  argv: readonly string[],
  signal?: AbortSignal,
): Promise<string | null> {
  const read = parseKubectl(argv);
  switch (read.verb) {
    case 'get':
      return getAsText(api, read, signal);
    case 'describe':
      return describe(api, read, signal);
    case 'logs':
      return readPodLogs(api, read, namespaceOf(read) ?? 'default', signal);
    case 'cluster-info':
      return clusterInfo(api, signal);
    case 'version':
      return api.text({ path: '/version', ...(signal === undefined ? {} : { signal }) });
    default:
      return null;
  }
}
