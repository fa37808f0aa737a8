import { conditionOf } from '#store';
import type {
  ConfigMap,
  EventObject,
  Lease,
  Namespace,
  Node,
  ResourceQuota,
  Secret,
  StoredObject,
} from '#store';
import { age, integer, named, none, wide, type TableFor } from './column.ts';
import { since } from './durations.ts';

const rolePrefix = 'node-role.kubernetes.io/';

function nodeStatus(object: Node): string {
  const ready = conditionOf(object, 'Ready');
  const word = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return object.spec.unschedulable ? `${word},SchedulingDisabled` : word;
}

function roles({ metadata }: Node): string {
  const found = Object.keys(metadata.labels ?? {}).filter((key) => key.startsWith(rolePrefix));
  const names = found.map((key) => key.slice(rolePrefix.length)).toSorted();
  return names.join(',') || none;
}

function addressOf({ status }: Node, wanted: string): string {
  return status?.addresses?.find(({ type }) => type === wanted)?.address ?? none;
}

type Info = NonNullable<NonNullable<Node['status']>['nodeInfo']>;

function infoOf({ status }: Node, key: keyof Info): string {
  return status?.nodeInfo?.[key] ?? '<unknown>';
}

const node: TableFor<Node> = [
  named,
  ['Status', nodeStatus],
  ['Roles', roles],
  age,
  ['Version', (object) => infoOf(object, 'kubeletVersion')],
  ['Internal-IP', (object) => addressOf(object, 'InternalIP'), wide],
  ['External-IP', (object) => addressOf(object, 'ExternalIP'), wide],
  ['OS-Image', (object) => infoOf(object, 'osImage'), wide],
  ['Kernel-Version', (object) => infoOf(object, 'kernelVersion'), wide],
  ['Container-Runtime', (object) => infoOf(object, 'containerRuntimeVersion'), wide],
];

function eventSource({ source, reportingComponent }: EventObject): string {
  const parts = [source?.component ?? reportingComponent ?? '', source?.host ?? ''];
  return parts.filter((part) => part !== '').join(', ');
}

const event: TableFor<EventObject> = [
  [
    'Last Seen',
    (object, nowMs) => since(object.lastTimestamp ?? object.firstTimestamp ?? object.eventTime, nowMs),
  ],
  ['Type', ({ type }) => type ?? ''],
  ['Reason', ({ reason }) => reason ?? ''],
  ['Object', ({ involvedObject: { kind = '', name = '' } }) => `${kind.toLowerCase()}/${name}`],
  ['Subobject', ({ involvedObject }) => involvedObject.fieldPath ?? '', wide],
  ['Source', eventSource, wide],
  ['Message', ({ message }) => (message ?? '').trim()],
  ['First Seen', (object, nowMs) => since(object.firstTimestamp ?? object.eventTime, nowMs), wide],
  ['Count', ({ count }) => count ?? 1, { ...integer, ...wide }],
  ['Name', ({ metadata }) => metadata.name, wide],
];

const lease: TableFor<Lease> = [named, ['Holder', ({ spec }) => spec.holderIdentity ?? ''], age];

const namespace: TableFor<Namespace> = [named, ['Status', ({ status }) => status?.phase ?? 'Active'], age];

function sizeOf(...parts: (object | undefined)[]): number {
  return parts.reduce((sum, part) => sum + Object.keys(part ?? {}).length, 0);
}

const configMap: TableFor<ConfigMap> = [
  named,
  ['Data', ({ data, binaryData }) => sizeOf(data, binaryData), integer],
  age,
];

const secret: TableFor<Secret> = [
  named,
  ['Type', ({ type }) => type ?? 'Opaque'],
  ['Data', ({ data }) => sizeOf(data), integer],
  age,
];

function quotaText({ status }: ResourceQuota, limits: boolean): string {
  return Object.entries(status?.hard ?? {})
    .filter(([name]) => name.startsWith('limits.') === limits)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, hard]) => `${name}: ${status?.used?.[name] ?? '0'}/${hard}`)
    .join(', ');
}

const resourceQuota: TableFor<ResourceQuota> = [
  named,
  ['Request', (quota) => quotaText(quota, false)],
  ['Limit', (quota) => quotaText(quota, true)],
  age,
];

const aged: TableFor<StoredObject> = [named, age];

/** Columns of nodes, events and plain kinds. */
export const clusterTables = {
  ConfigMap: configMap,
  Event: event,
  HorizontalPodAutoscaler: aged,
  Lease: lease,
  Namespace: namespace,
  Node: node,
  PersistentVolumeClaim: aged,
  ResourceQuota: resourceQuota,
  Secret: secret,
  ServiceAccount: aged,
  ServiceMonitor: aged,
};
