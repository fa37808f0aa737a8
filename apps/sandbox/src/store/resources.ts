import type { Kind } from './kinds.ts';

/** One resource type of the API: what discovery says and how the store treats it. */
export interface Resource {
  kind: Kind;
  /** Empty for the core group. */
  group: string;
  version: string;
  plural: string;
  singular: string;
  shortNames: string[] | undefined;
  categories: string[] | undefined;
  namespaced: boolean;
  /** Has a status subresource: a plain update leaves status as it is. */
  hasStatus: boolean;
  /** Supports the scale subresource. */
  hasScale: boolean;
  /** metadata.generation counts changes of spec. */
  hasGeneration: boolean;
}

type Trait = 'cluster' | 'status' | 'scale' | 'generation' | 'all';
type Row = [kind: Kind, groupVersion: string, plural: string, shortNames: string, traits: Trait[]];

const rows: Row[] = [
  ['ConfigMap', 'v1', 'configmaps', 'cm', []],
  ['Endpoints', 'v1', 'endpoints', 'ep', []],
  ['Event', 'v1', 'events', 'ev', []],
  ['Namespace', 'v1', 'namespaces', 'ns', ['cluster', 'status']],
  ['Node', 'v1', 'nodes', 'no', ['cluster', 'status']],
  ['PersistentVolumeClaim', 'v1', 'persistentvolumeclaims', 'pvc', ['status']],
  ['Pod', 'v1', 'pods', 'po', ['status', 'generation', 'all']],
  ['ResourceQuota', 'v1', 'resourcequotas', 'quota', ['status']],
  ['Secret', 'v1', 'secrets', '', []],
  ['ServiceAccount', 'v1', 'serviceaccounts', 'sa', []],
  ['Service', 'v1', 'services', 'svc', ['status', 'all']],
  ['ControllerRevision', 'apps/v1', 'controllerrevisions', '', []],
  ['Deployment', 'apps/v1', 'deployments', 'deploy', ['status', 'scale', 'generation', 'all']],
  ['ReplicaSet', 'apps/v1', 'replicasets', 'rs', ['status', 'scale', 'generation', 'all']],
  ['StatefulSet', 'apps/v1', 'statefulsets', 'sts', ['status', 'scale', 'generation', 'all']],
  ['HorizontalPodAutoscaler', 'autoscaling/v2', 'horizontalpodautoscalers', 'hpa', ['status', 'all']],
  ['Lease', 'coordination.k8s.io/v1', 'leases', '', []],
  ['EndpointSlice', 'discovery.k8s.io/v1', 'endpointslices', '', ['generation']],
  ['ServiceMonitor', 'monitoring.coreos.com/v1', 'servicemonitors', 'smon', ['generation']],
  ['IngressClass', 'networking.k8s.io/v1', 'ingressclasses', '', ['cluster', 'generation']],
  ['Ingress', 'networking.k8s.io/v1', 'ingresses', 'ing', ['status', 'generation']],
  ['NetworkPolicy', 'networking.k8s.io/v1', 'networkpolicies', 'netpol', ['generation']],
  ['PodDisruptionBudget', 'policy/v1', 'poddisruptionbudgets', 'pdb', ['status', 'generation']],
  ['RoleBinding', 'rbac.authorization.k8s.io/v1', 'rolebindings', '', []],
  ['Role', 'rbac.authorization.k8s.io/v1', 'roles', '', []],
];

function toResource([kind, groupVersion, plural, shortNames, traits]: Row): Resource {
  const [first = '', second] = groupVersion.split('/');
  return {
    kind,
    group: second === undefined ? '' : first,
    version: second ?? first,
    plural,
    singular: kind.toLowerCase(),
    shortNames: shortNames === '' ? undefined : shortNames.split(','),
    categories: traits.includes('all') ? ['all'] : undefined,
    namespaced: !traits.includes('cluster'),
    hasStatus: traits.includes('status'),
    hasScale: traits.includes('scale'),
    hasGeneration: traits.includes('generation'),
  };
}

/** All resource types of the sandbox, in the order of discovery. */
export const resources: readonly Resource[] = rows.map(toResource);

const byKind = new Map(resources.map((resource) => [resource.kind, resource]));

/** The resource of a kind. Every `Kind` has one. */
export function resourceOf(kind: Kind): Resource {
  const resource = byKind.get(kind);
  if (resource === undefined) throw new Error(`resources: kind ${kind} has no row; add it to the table`);
  return resource;
}

/** `v1` or `apps/v1`. */
export function apiVersionOf(resource: Pick<Resource, 'group' | 'version'>): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}

/** `pods` or `deployments.apps`, as Kubernetes' messages name a resource. */
export function qualifiedName(resource: Pick<Resource, 'group' | 'plural'>): string {
  return resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
}
