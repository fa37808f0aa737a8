import type { KubeApi } from '../kube-api.ts';
import type { WireMeta } from '../map/object-shape.ts';
import { durationSeconds, type KubectlRead } from './parse-kubectl.ts';

/** Limit of one pod's log: a pod on a dead node must not hold up the others. */
const podLimitMs = 4000;
/** kubectl shows ten lines a pod with a selector; more is wanted as evidence, but bounded. */
const tailWithSelector = 2000;

function numberFlag(value: string | true | undefined): number | undefined {
  const number = Number(value);
  return value === undefined || value === true || Number.isNaN(number) || number < 0 ? undefined : number;
}

function logQuery({ flags }: KubectlRead): Record<string, string | number | boolean | undefined> {
  const since = flags['since'];
  return {
    container: typeof flags['container'] === 'string' ? flags['container'] : undefined,
    sinceSeconds: typeof since === 'string' ? (durationSeconds(since) ?? undefined) : undefined,
    tailLines: numberFlag(flags['tail']) ?? (flags['selector'] === undefined ? undefined : tailWithSelector),
    previous: flags['previous'] === undefined ? undefined : true,
    timestamps: flags['timestamps'] === undefined ? undefined : true,
  };
}

async function podNames(api: KubeApi, read: KubectlRead, place: string, signal?: AbortSignal) {
  const selector = read.flags['selector'];
  if (typeof selector !== 'string') return read.words.slice(0, 1).map((word) => word.replace(/^pods?\//, ''));
  const list = await api.json<{ items?: { metadata?: WireMeta }[] | null }>({
    path: place,
    query: { labelSelector: selector },
    ...(signal === undefined ? {} : { signal }),
  });
  return (list.items ?? []).map((pod) => pod.metadata?.name ?? '');
}

/** The logs of one pod, or of all that a selector names: read side by side, each with its own limit and said when cut off. */
export async function readPodLogs(
  api: KubeApi,
  read: KubectlRead,
  namespace: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const place = `/api/v1/namespaces/${namespace}/pods`;
  const names = await podNames(api, read, place, signal);
  if (names.length === 0) return read.flags['selector'] === undefined ? null : 'No resources found.\n';
  const texts = await Promise.all(
    names.map(async (name) => {
      const call = { path: `${place}/${encodeURIComponent(name)}/log`, accept: '*/*', query: logQuery(read) };
      try {
        const limits = { timeoutMs: podLimitMs, ...(signal === undefined ? {} : { signal }) };
        return await api.text({ ...call, ...limits });
      } catch (error) {
        if (names.length === 1) throw error;
        return `[pod/${name}] no log: ${(error as Error).message}\n`;
      }
    }),
  );
  return texts.map((text) => (text === '' || text.endsWith('\n') ? text : `${text}\n`)).join('');
}
