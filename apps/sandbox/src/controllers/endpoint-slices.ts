import { matchesRequirements, requirementsOf, timestamp, type Pod, type Service } from '#store';
import { keyOf, refOf, ReconcileQueue, type ControllerContext } from './reconcile-queue.ts';
import { sliceEndpoints, slicePorts } from './slice-endpoints.ts';

const SERVICE_LABEL = 'kubernetes.io/service-name';
const ZONE_LABEL = 'topology.kubernetes.io/zone';

/** Keeps one EndpointSlice for each Service with a selector. */
export function startEndpointSliceController(context: ControllerContext): () => void {
  const queue: ReconcileQueue = new ReconcileQueue(context, 'endpoint-slice-controller', (key) =>
    reconcile(context, key),
  )
    .on('Service', (service) => [keyOf(service)])
    .on('Pod', (pod, previous) => [
      ...servicesOf(context, pod),
      ...(previous === undefined ? [] : servicesOf(context, previous)),
    ]);
  return () => queue.stop();
}

function servicesOf({ store }: ControllerContext, pod: Pod): string[] {
  return store
    .list('Service', { namespace: pod.metadata.namespace })
    .filter((service) => selects(service, pod))
    .map(keyOf);
}

function selects({ spec }: Service, pod: Pod): boolean {
  const selector = spec.selector ?? {};
  if (Object.keys(selector).length === 0) return false;
  return matchesRequirements(pod.metadata.labels, requirementsOf({ matchLabels: selector }));
}

function reconcile({ store, now }: ControllerContext, key: string): void {
  const service = store.get('Service', refOf(key));
  if (service?.spec.selector === undefined || service.spec.type === 'ExternalName') return;
  const { namespace } = refOf(key);
  const { name, uid = '' } = service.metadata;
  const pods = store.list('Pod', { namespace }).filter((pod) => selects(service, pod));
  const zoneOf = (nodeName: string) => store.get('Node', { name: nodeName })?.metadata.labels?.[ZONE_LABEL];
  const endpoints = sliceEndpoints(pods, zoneOf);
  const ports = slicePorts(service, pods);
  const labels = [{ key: SERVICE_LABEL, operator: 'In' as const, values: [name] }];
  const [slice] = store.list('EndpointSlice', { namespace, labels });
  if (slice !== undefined) {
    store.modify('EndpointSlice', slice.metadata, (draft) => {
      draft.endpoints = endpoints;
      draft.ports = ports;
    });
    return;
  }
  store.create('EndpointSlice', {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels: {
        ...service.metadata.labels,
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
        [SERVICE_LABEL]: name,
      },
      annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': timestamp(now()) },
      ownerReferences: [
        { apiVersion: 'v1', kind: 'Service', name, uid, controller: true, blockOwnerDeletion: true },
      ],
    },
    addressType: 'IPv4',
    endpoints,
    ports,
  });
}
