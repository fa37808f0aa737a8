/** A resource that typed reads know. */
export interface KubectlResource {
  /** Singular, as in `pod/NAME`. */
  readonly kind: string;
  /** API prefix without namespace, for example `/apis/apps/v1`. */
  readonly prefix: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

const core = '/api/v1';
const known: readonly (KubectlResource & { readonly names: readonly string[] })[] = [
  { kind: 'pod', prefix: core, plural: 'pods', namespaced: true, names: ['po'] },
  { kind: 'node', prefix: core, plural: 'nodes', namespaced: false, names: ['no'] },
  { kind: 'service', prefix: core, plural: 'services', namespaced: true, names: ['svc'] },
  { kind: 'event', prefix: core, plural: 'events', namespaced: true, names: ['ev'] },
  { kind: 'endpoints', prefix: core, plural: 'endpoints', namespaced: true, names: ['ep'] },
  { kind: 'deployment', prefix: '/apis/apps/v1', plural: 'deployments', namespaced: true, names: ['deploy'] },
  { kind: 'statefulset', prefix: '/apis/apps/v1', plural: 'statefulsets', namespaced: true, names: ['sts'] },
  { kind: 'replicaset', prefix: '/apis/apps/v1', plural: 'replicasets', namespaced: true, names: ['rs'] },
  {
    kind: 'endpointslice',
    prefix: '/apis/discovery.k8s.io/v1',
    plural: 'endpointslices',
    namespaced: true,
    names: ['endpointslices.discovery.k8s.io'],
  },
  {
    kind: 'ingress',
    prefix: '/apis/networking.k8s.io/v1',
    plural: 'ingresses',
    namespaced: true,
    names: ['ing'],
  },
  {
    kind: 'networkpolicy',
    prefix: '/apis/networking.k8s.io/v1',
    plural: 'networkpolicies',
    namespaced: true,
    names: ['netpol'],
  },
  {
    kind: 'poddisruptionbudget',
    prefix: '/apis/policy/v1',
    plural: 'poddisruptionbudgets',
    namespaced: true,
    names: ['pdb'],
  },
  {
    kind: 'lease',
    prefix: '/apis/coordination.k8s.io/v1',
    plural: 'leases',
    namespaced: true,
    names: [],
  },
];

/** The resource that a word of kubectl means (`po`, `pods`, `pod`); null when it is not one of those known here. */
export function kubectlResource(word: string): KubectlResource | null {
  const name = word.toLowerCase();
  return known.find((one) => one.kind === name || one.plural === name || one.names.includes(name)) ?? null;
}

/** API path of the collection, or of one object of it. */
export function resourcePath(
  resource: KubectlResource,
  target: { readonly namespace: string | null; readonly name?: string | undefined },
): string {
  const space = resource.namespaced && target.namespace !== null ? `/namespaces/${target.namespace}` : '';
  const path = `${resource.prefix}${space}/${resource.plural}`;
  return target.name === undefined ? path : `${path}/${encodeURIComponent(target.name)}`;
}
