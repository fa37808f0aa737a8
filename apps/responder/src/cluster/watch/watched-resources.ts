import type { WatchedService } from '#facts';

/** Name of a watched collection. */
export type ResourceName =
  | 'pods'
  | 'nodes'
  | 'leases'
  | 'endpointslices'
  | 'deployments'
  | 'statefulsets'
  | 'services'
  | 'networkpolicies'
  | 'events'
  | 'nodeEvents';

export interface WatchedResource {
  readonly name: ResourceName;
  readonly path: string;
}

/** Everything watched for one service. A node's own events lie in the namespace `default`. */
export function watchedResources(service: WatchedService): readonly WatchedResource[] {
  const namespaced = `namespaces/${service.namespace}`;
  return [
    { name: 'pods', path: `/api/v1/${namespaced}/pods` },
    { name: 'nodes', path: '/api/v1/nodes' },
    { name: 'leases', path: '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases' },
    { name: 'endpointslices', path: `/apis/discovery.k8s.io/v1/${namespaced}/endpointslices` },
    { name: 'deployments', path: `/apis/apps/v1/${namespaced}/deployments` },
    { name: 'statefulsets', path: `/apis/apps/v1/${namespaced}/statefulsets` },
    { name: 'services', path: `/api/v1/${namespaced}/services` },
    { name: 'networkpolicies', path: `/apis/networking.k8s.io/v1/${namespaced}/networkpolicies` },
    { name: 'events', path: `/api/v1/${namespaced}/events` },
    ...(service.namespace === 'default'
      ? []
      : [{ name: 'nodeEvents' as const, path: '/api/v1/namespaces/default/events' }]),
  ];
}
