import { controlledBy, matchesSelector, type Pod, type Ref, type Service } from '#store';
import { Controller, type ControllerContext } from './controller.ts';
import { sliceEndpoints, slicePorts } from './slice-endpoints.ts';

const SERVICE_LABEL = 'kubernetes.io/service-name';
const ZONE_LABEL = 'topology.kubernetes.io/zone';

/** Keeps one EndpointSlice for each Service with a selector. */
export function startEndpointSliceController(context: ControllerContext): Controller {
  const servicesOf = (pod: Pod): Ref[] => {
    const all = context.store.list('Service', { namespace: pod.metadata.namespace });
    return all.filter((service) => selects(service, pod)).map(({ metadata }) => metadata);
  };
  return new Controller(context, 'endpoint-slice-controller', reconcile)
    .on('Service', ({ metadata }) => [metadata])
    .on('Pod', (pod, previous) => [
      ...servicesOf(pod),
      ...(previous === undefined ? [] : servicesOf(previous)),
    ]);
}

function selects({ spec: { selector = {} } }: Service, pod: Pod): boolean {
  return Object.keys(selector).length > 0 && matchesSelector(pod.metadata.labels, { matchLabels: selector });
}

function reconcile(controller: Controller, ref: Ref): void {
  const { store } = controller;
  const service = store.get('Service', ref);
  if (service?.spec.selector === undefined || service.spec.type === 'ExternalName') return;
  const { namespace, name } = service.metadata;
  const pods = store.list('Pod', { namespace }).filter((pod) => selects(service, pod));
  const zoneOf = (nodeName: string) => store.get('Node', { name: nodeName })?.metadata.labels?.[ZONE_LABEL];
  const backends = { endpoints: sliceEndpoints(pods, zoneOf), ports: slicePorts(service, pods) };
  const labels = [{ key: SERVICE_LABEL, operator: 'In' as const, values: [name] }];
  const [slice] = store.list('EndpointSlice', { namespace, labels });
  if (slice !== undefined) {
    store.modify('EndpointSlice', slice.metadata, (draft) => void Object.assign(draft, backends));
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
      annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': controller.nowText() },
      ownerReferences: controlledBy(service),
    },
    addressType: 'IPv4',
    ...backends,
  });
}
