import { matchesRequirements, notFound, parseLabelSelector, timestamp, type KubeObject } from '#store';
import type { NodeUsage, PodUsage } from './ports.ts';
import { ok, type ApiContext, type Reply } from './reply.ts';
import type { ServedResource } from './served-resources.ts';

interface Usage {
  cpuCores: number;
  memoryBytes: number;
}

function quantities({ cpuCores, memoryBytes }: Usage): object {
  return { cpu: `${Math.ceil(cpuCores * 1e9)}n`, memory: `${Math.ceil(memoryBytes / 1024)}Ki` };
}

function sum(parts: readonly Usage[]): Usage {
  const total = (key: keyof Usage): number => parts.reduce((so, part) => so + part[key], 0);
  return { cpuCores: total('cpuCores'), memoryBytes: total('memoryBytes') };
}

type Metrics = { metadata: Partial<KubeObject['metadata']> } & Record<string, unknown>;

function podMetrics({ pod, containers }: PodUsage): Metrics {
  const { name, namespace, labels } = pod.metadata;
  const used = containers.map((container) => ({ name: container.name, usage: quantities(container) }));
  return { metadata: { name, namespace, labels }, containers: used };
}

function nodeMetrics({ store }: ApiContext, { name, pods }: NodeUsage): Metrics {
  const labels = store.get('Node', { name })?.metadata.labels;
  const used = sum(pods.flatMap(({ containers }) => containers));
  return { metadata: { name, labels }, usage: quantities(used) };
}

/** `metrics.k8s.io/v1beta1`, measured while the client waits; what cannot be reached is left out. */
export async function answerMetrics(
  context: ApiContext,
  resource: ServedResource,
  place: { namespace?: string | undefined; name?: string | undefined; query: URLSearchParams },
): Promise<Reply> {
  const { namespace, name, query } = place;
  const nodes = (await context.ports.programs?.usage()) ?? [];
  const pods = nodes.flatMap((node) => node.pods).filter(({ containers }) => containers.length > 0);
  const all =
    resource.plural === 'nodes' ? nodes.map((node) => nodeMetrics(context, node)) : pods.map(podMetrics);
  const wanted = parseLabelSelector(query.get('labelSelector') ?? '');
  const at = { apiVersion: 'metrics.k8s.io/v1beta1', timestamp: timestamp(context.now()), window: '1s' };
  const items = all
    .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
    .filter(({ metadata }) => matchesRequirements(metadata.labels, wanted))
    .map((one) => ({ kind: resource.kind, ...at, ...one }));
  if (name === undefined)
    return ok({ kind: `${resource.kind}List`, apiVersion: at.apiVersion, metadata: {}, items });
  const found = items.find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw notFound(resource, name);
  return ok(found);
}
