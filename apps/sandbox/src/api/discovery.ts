import { apiVersionOf, resources, type Resource } from '#store';

const objectVerbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

interface Subresource {
  name: string;
  kind: { group: string; version: string; kind: string };
  verbs: string[];
}

function subresourcesOf(resource: Resource): Subresource[] {
  const own = { group: resource.group, version: resource.version, kind: resource.kind };
  const scale = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
  const eviction = { group: 'policy', version: 'v1', kind: 'Eviction' };
  const pods: Subresource[] = [
    { name: 'eviction', kind: eviction, verbs: ['create'] },
    { name: 'log', kind: own, verbs: ['get'] },
  ];
  return [
    ...(resource.kind === 'Pod' ? pods : []),
    ...(resource.hasScale ? [{ name: 'scale', kind: scale, verbs: ['get', 'patch', 'update'] }] : []),
    ...(resource.hasStatus ? [{ name: 'status', kind: own, verbs: ['get', 'patch', 'update'] }] : []),
  ];
}

const groupVersions = [...new Set(resources.map(apiVersionOf))];

function resourcesIn(groupVersion: string): Resource[] {
  return resources.filter((resource) => apiVersionOf(resource) === groupVersion);
}

function aggregatedResource(resource: Resource): object {
  const { group, version, kind } = resource;
  const subresources = subresourcesOf(resource).map((one) => ({
    subresource: one.name,
    responseKind: one.kind,
    verbs: one.verbs,
  }));
  return {
    resource: resource.plural,
    responseKind: { group, version, kind },
    scope: resource.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: resource.singular,
    verbs: objectVerbs,
    ...(resource.shortNames.length > 0 && { shortNames: resource.shortNames }),
    ...(resource.categories.length > 0 && { categories: resource.categories }),
    ...(subresources.length > 0 && { subresources }),
  };
}

/** `/api` (core) or `/apis` in the aggregated form, version v2 or v2beta1. */
export function aggregatedDiscovery(core: boolean, version: string): object {
  const items = groupVersions
    .filter((groupVersion) => groupVersion.includes('/') !== core)
    .map((groupVersion) => {
      const [group = '', own = 'v1'] = core ? ['', groupVersion] : groupVersion.split('/');
      const found = resourcesIn(groupVersion).map(aggregatedResource);
      return {
        metadata: { name: group },
        versions: [{ version: own, resources: found, freshness: 'Current' }],
      };
    });
  return { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${version}`, metadata: {}, items };
}

function resourceList(groupVersion: string): object {
  const entries = resourcesIn(groupVersion).flatMap((resource) => [
    {
      name: resource.plural,
      singularName: resource.singular,
      namespaced: resource.namespaced,
      kind: resource.kind,
      verbs: objectVerbs,
      ...(resource.shortNames.length > 0 && { shortNames: resource.shortNames }),
      ...(resource.categories.length > 0 && { categories: resource.categories }),
    },
    ...subresourcesOf(resource).map(({ name, kind, verbs }) => ({
      name: `${resource.plural}/${name}`,
      singularName: '',
      namespaced: resource.namespaced,
      ...kind,
      verbs,
    })),
  ]);
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: entries };
}

function groupOf(groupVersion: string): object {
  const [name = '', version = ''] = groupVersion.split('/');
  const only = { groupVersion, version };
  return { name, versions: [only], preferredVersion: only };
}

/** The older discovery documents: `/api`, `/apis`, `/api/v1`, `/apis/GROUP`, `/apis/GROUP/VERSION`; else undefined. */
export function legacyDiscovery(path: string): object | undefined {
  const groups = groupVersions.filter((one) => one.includes('/'));
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) };
  const named = path.replace(/^\/apis?\//, '');
  if (groupVersions.includes(named)) return resourceList(named);
  const ofGroup = groups.find((one) => one.startsWith(`${named}/`));
  return ofGroup === undefined ? undefined : { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(ofGroup) };
}

/** `/version`: a Kubernetes 1.34 in behaviour; the build part says what it really is. */
export const versionInfo = {
  major: '1',
  minor: '34',
  gitVersion: 'v1.34.9+tocsin.sandbox',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: 'node',
  platform: `${process.platform}/${process.arch}`,
};
