import { apiVersionOf } from '#store';
import { actingParts } from './accounts.ts';
import type { ServedResource } from './served-resources.ts';

interface Subresource {
  name: string;
  kind: { group: string; version: string; kind: string };
  verbs: string[];
}

function subresourcesOf(resource: ServedResource): Subresource[] {
  const own = { group: resource.group, version: resource.version, kind: resource.kind };
  const scale = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
  const eviction = { group: 'policy', version: 'v1', kind: 'Eviction' };
  const pods: Subresource[] = [
    ...actingParts.map((name) => ({ name, kind: own, verbs: ['create', 'get'] })),
    { name: 'eviction', kind: eviction, verbs: ['create'] },
    { name: 'log', kind: own, verbs: ['get'] },
  ];
  return [
    ...(resource.kind === 'Pod' ? pods : []),
    ...(resource.hasScale ? [{ name: 'scale', kind: scale, verbs: ['get', 'patch', 'update'] }] : []),
    ...(resource.hasStatus ? [{ name: 'status', kind: own, verbs: ['get', 'patch', 'update'] }] : []),
  ];
}

function resourceList(groupVersion: string, members: readonly ServedResource[]): object {
  const entries = members.flatMap((resource) => [
    {
      name: resource.plural,
      singularName: resource.singular,
      namespaced: resource.namespaced,
      kind: resource.kind,
      verbs: resource.verbs,
      shortNames: resource.shortNames,
      categories: resource.categories,
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

/** The discovery documents: `/api`, `/apis`, `/api/v1`, `/apis/GROUP`, `/apis/GROUP/VERSION`; else undefined. */
export function discovery(served: readonly ServedResource[], path: string): object | undefined {
  const byVersion = Map.groupBy(served, apiVersionOf);
  const groups = [...byVersion.keys()].filter((one) => one.includes('/'));
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) };
  const named = path.replace(/^\/apis?\//, '');
  const members = byVersion.get(named);
  if (members !== undefined) return resourceList(named, members);
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
