import type { ClusterFacts } from '#facts';
import type { MappedObjects } from './mapped-objects.ts';
import type { ResourceName } from './watched-resources.ts';

export type ObjectFacts = Omit<ClusterFacts, 'readable' | 'lastReadAt'>;

interface Part<T> {
  /** The collections it is made of: it changes when one of them does. */
  readonly from: readonly ResourceName[];
  readonly make: (all: MappedObjects) => T;
}

const parts: { readonly [Name in keyof ObjectFacts]: Part<ObjectFacts[Name]> } = {
  pods: { from: ['pods'], make: ({ pods }) => [...pods.values()] },
  nodes: {
    from: ['nodes', 'leases'],
    make: ({ nodes, leases }) =>
      [...nodes.values()].map((node) => ({ ...node, leaseRenewedAt: leases.get(node.name) ?? null })),
  },
  endpoints: {
    from: ['endpointslices'],
    make: ({ endpointslices }) => [...endpointslices.values()].flat(),
  },
  workloads: {
    from: ['deployments', 'statefulsets'],
    make: ({ deployments, statefulsets }) => [...deployments.values(), ...statefulsets.values()],
  },
  services: { from: ['services'], make: ({ services }) => [...services.values()] },
  networkPolicies: {
    from: ['networkpolicies'],
    make: ({ networkpolicies }) => [...networkpolicies.values()],
  },
  events: {
    from: ['events', 'nodeEvents'],
    make: ({ events, nodeEvents }) =>
      [...events.values(), ...nodeEvents.values()].toSorted((a, b) => a.at - b.at),
  },
};

/** The facts of all objects. A list of those before that no changed collection belongs to is handed on as it is. */
export function objectFacts(
  all: MappedObjects,
  before: ObjectFacts | null,
  changed: ReadonlySet<ResourceName>,
): ObjectFacts {
  const part = <Name extends keyof ObjectFacts>(name: Name): ObjectFacts[Name] => {
    const { from, make } = parts[name];
    return before === null || from.some((one) => changed.has(one)) ? make(all) : before[name];
  };
  return {
    pods: part('pods'),
    nodes: part('nodes'),
    endpoints: part('endpoints'),
    workloads: part('workloads'),
    services: part('services'),
    networkPolicies: part('networkPolicies'),
    events: part('events'),
  };
}
