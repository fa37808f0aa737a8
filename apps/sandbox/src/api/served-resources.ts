import { resources, type Resource } from '#store';
import type { ApiContext } from './reply.ts';

/** A resource type as discovery tells of it; not all of them are stored. */
export type ServedResource = Omit<Resource, 'kind'> & { kind: string; verbs: string[] };

const objectVerbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

function computed(groupVersion: string, plural: string, kind: string, verbs: string[]): ServedResource {
  const [group = '', version = ''] = groupVersion.split('/');
  const traits = {
    shortNames: undefined,
    categories: undefined,
    hasStatus: false,
    hasScale: false,
    hasGeneration: false,
  };
  const namespaced = kind === 'PodMetrics';
  return { group, version, plural, singular: '', kind, verbs, namespaced, ...traits };
}

const reviews = [
  computed('authentication.k8s.io/v1', 'selfsubjectreviews', 'SelfSubjectReview', ['create']),
  computed('authorization.k8s.io/v1', 'selfsubjectaccessreviews', 'SelfSubjectAccessReview', ['create']),
  computed('authorization.k8s.io/v1', 'selfsubjectrulesreviews', 'SelfSubjectRulesReview', ['create']),
];
const metrics = [
  computed('metrics.k8s.io/v1beta1', 'nodes', 'NodeMetrics', ['get', 'list']),
  computed('metrics.k8s.io/v1beta1', 'pods', 'PodMetrics', ['get', 'list']),
];

/** The types whose answers are made when they are asked for; metrics only where programs run. */
export function computedResources({ ports }: Pick<ApiContext, 'ports'>): readonly ServedResource[] {
  return ports.programs === undefined ? reviews : [...reviews, ...metrics];
}

/** Every resource type, the stored ones first. */
export function servedResources(context: Pick<ApiContext, 'ports'>): readonly ServedResource[] {
  const stored = resources.map((resource) => ({ ...resource, verbs: objectVerbs }));
  return [...stored, ...computedResources(context)];
}
