import { timestamp, type ObjectStore } from './object-store.ts';
import type { EventObject } from './kinds.ts';
import type { KubeObject, ObjectReference } from './meta.ts';

/** Events older than this are dropped, as Kubernetes does. */
const keptMs = 60 * 60 * 1000;

/** What happened to whom. */
export interface EventInput {
  /** The object concerned; `fieldPath` names the container (`spec.containers{api}`). */
  involved: KubeObject;
  fieldPath?: string | undefined;
  reason: string;
  message: string;
  type: 'Normal' | 'Warning';
  /** `kubelet`, `default-scheduler`, `deployment-controller`, ... */
  component: string;
  /** The node, for events of a kubelet. */
  host?: string;
  /** Milliseconds since the epoch. */
  at: number;
}

function referenceTo(involved: KubeObject, fieldPath: string | undefined): ObjectReference {
  const { kind, apiVersion } = involved;
  const { name, namespace, uid, resourceVersion } = involved.metadata;
  // The kubelet and the node controller name a node by its name where the uid belongs.
  const own = kind === 'Node' ? { uid: name } : { uid, apiVersion, resourceVersion };
  return { kind, namespace, name, ...own, fieldPath };
}

/** What makes two events the same. */
function identity(
  { reason, message, type }: Pick<EventObject, 'reason' | 'message' | 'type'>,
  { uid, fieldPath }: ObjectReference,
  { component, host }: { component?: string | undefined; host?: string | undefined },
): string {
  return JSON.stringify([uid, fieldPath, reason, message, type, component, host]);
}

/**
 * Writes an event. The same event of the same object again raises its count and lastTimestamp instead. Events of
 * cluster-wide objects live in namespace `default`. Events older than an hour are dropped on the way, and so is an event
 * of a namespace that is gone: its pods outlive it for a moment.
 */
export function recordEvent(store: ObjectStore, input: EventInput): EventObject | undefined {
  const namespace = input.involved.metadata.namespace ?? 'default';
  if (store.get('Namespace', { name: namespace }) === undefined) return undefined;
  const involvedObject = referenceTo(input.involved, input.fieldPath);
  const all = store.list('Event', { namespace });
  for (const { metadata, lastTimestamp } of all) {
    const lastAt = Date.parse(lastTimestamp ?? metadata.creationTimestamp ?? '');
    if (lastAt < input.at - keptMs) store.remove('Event', metadata);
  }
  const at = timestamp(input.at);
  const own = identity(input, involvedObject, input);
  const known = all.find((event) => identity(event, event.involvedObject, event.source ?? {}) === own);
  if (known !== undefined && store.get('Event', known.metadata) !== undefined) {
    return store.modify('Event', known.metadata, (draft) => {
      draft.count = (draft.count ?? 1) + 1;
      draft.lastTimestamp = at;
    });
  }
  const { reason, message, type, component, host } = input;
  // The version moves with each event, so that no two of an instant have one name.
  const mark = BigInt(Math.round(input.at * 1e6)) + BigInt(store.resourceVersion);
  const name = `${input.involved.metadata.name}.${mark.toString(16)}`;
  return store.create('Event', {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject,
    reason,
    message,
    type,
    source: { component, host },
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: host ?? '',
  });
}
