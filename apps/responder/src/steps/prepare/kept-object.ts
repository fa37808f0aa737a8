import { stringify } from 'yaml';
import type { StepsCluster, StepsService } from '../ports.ts';
import type { Change } from './change.ts';

/** What the server adds by itself: `kubectl apply -f` takes the object back without it. */
const serverFields = new Set([
  'managedFields',
  'resourceVersion',
  'uid',
  'creationTimestamp',
  'generation',
  'selfLink',
]);

/** The object that a change takes away, as YAML that puts it back; null when it takes none away, or it cannot be read. */
export async function keptObject(
  change: Change,
  {
    cluster,
    service,
    signal,
  }: { readonly cluster: StepsCluster; readonly service: StepsService; readonly signal: AbortSignal },
): Promise<string | null> {
  if (change.kind !== 'delete-policy') return null;
  const namespace = encodeURIComponent(change.policy.namespace ?? service.namespace);
  const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies/${encodeURIComponent(change.policy.name)}`;
  const object = await cluster.currentObject(path, signal).catch(() => null);
  return object === null ? null : stringify(withoutServerFields(object));
}

function withoutServerFields({
  metadata,
  status: _status,
  ...object
}: Readonly<Record<string, unknown>>): object {
  const kept = Object.entries(metadata ?? {}).filter(([field]) => !serverFields.has(field));
  const { apiVersion, kind, ...rest } = object;
  return { apiVersion, kind, metadata: Object.fromEntries(kept), ...rest };
}
