import type { ClusterFacts, EndpointFact, EpochMs, EventFact, NodeFact, PodFact } from '#facts';
import type { NetworkPolicyFact, ServiceFact, WorkloadFact } from '#facts';
import { endpointFacts, type WireEndpointSlice } from '../map/endpoint-facts.ts';
import { eventFact, type WireEvent } from '../map/event-fact.ts';
import { leaseRenewedAt, nodeFact, type WireLease, type WireNode } from '../map/node-fact.ts';
import type { WireMeta } from '../map/object-shape.ts';
import { podFact, type WirePod } from '../map/pod-fact.ts';
import {
  networkPolicyFact,
  serviceFact,
  type WireNetworkPolicy,
  type WireService,
} from '../map/service-fact.ts';
import { workloadFact, type WireWorkload } from '../map/workload-fact.ts';
import type { ResourceName } from './watched-resources.ts';

/** Events older than this are dropped, so that memory stays bounded. */
const eventAgeMs = 15 * 60_000;
const eventLimit = 500;

export type ObjectFacts = Omit<ClusterFacts, 'readable' | 'lastReadAt'>;

/** Keeps what the objects say, not the objects: memory grows with the number of objects, not with their size. */
export interface FactStore {
  upsert(resource: ResourceName, object: unknown): void;
  remove(resource: ResourceName, object: unknown): void;
  /** The whole collection as a list has just told it; what is missing is gone. */
  replace(resource: ResourceName, objects: readonly unknown[]): void;
  /** The same value until something changes. */
  facts(): ObjectFacts;
}

type Mapped =
  | PodFact
  | NodeFact
  | EpochMs
  | null
  | readonly EndpointFact[]
  | WorkloadFact
  | ServiceFact
  | NetworkPolicyFact
  | EventFact;

const mappers: Readonly<Record<ResourceName, (object: never) => Mapped>> = {
  pods: (object: WirePod) => podFact(object),
  nodes: (object: WireNode) => nodeFact(object, null),
  leases: (object: WireLease) => leaseRenewedAt(object),
  endpointslices: (object: WireEndpointSlice) => endpointFacts(object),
  deployments: (object: WireWorkload) => workloadFact('deployment', object),
  statefulsets: (object: WireWorkload) => workloadFact('statefulset', object),
  services: (object: WireService) => serviceFact(object),
  networkpolicies: (object: WireNetworkPolicy) => networkPolicyFact(object),
  events: (object: WireEvent) => eventFact(object),
  nodeEvents: (object: WireEvent) => eventFact(object),
};

function keyOf(object: unknown): string {
  const meta = (object as { metadata?: WireMeta }).metadata;
  return meta?.name ?? '';
}

function pruneEvents(events: Map<string, EventFact>): void {
  const newest = Math.max(0, ...[...events.values()].map((one) => one.at));
  const kept = [...events].filter(([, one]) => one.at >= newest - eventAgeMs);
  kept.sort(([, a], [, b]) => b.at - a.at);
  events.clear();
  for (const [key, one] of kept.slice(0, eventLimit)) events.set(key, one);
}

type Collections = Record<ResourceName, Map<string, Mapped>>;

function build(all: Collections): ObjectFacts {
  const values = <T extends Mapped>(name: ResourceName) => [...all[name].values()] as T[];
  const events = [...values<EventFact>('events'), ...values<EventFact>('nodeEvents')];
  return {
    pods: values<PodFact>('pods'),
    nodes: values<NodeFact>('nodes').map((node) => ({
      ...node,
      leaseRenewedAt: (all.leases.get(node.name) as EpochMs | null | undefined) ?? null,
    })),
    endpoints: values<readonly EndpointFact[]>('endpointslices').flat(),
    workloads: [...values<WorkloadFact>('deployments'), ...values<WorkloadFact>('statefulsets')],
    services: values<ServiceFact>('services'),
    networkPolicies: values<NetworkPolicyFact>('networkpolicies'),
    events: events.toSorted((a, b) => a.at - b.at),
  };
}

/** An empty store; `facts` are sorted as the server lists them, events oldest first. */
export function createFactStore(): FactStore {
  const all = Object.fromEntries(
    Object.keys(mappers).map((name) => [name, new Map<string, Mapped>()]),
  ) as Collections;
  let cached: ObjectFacts | null = null;

  function put(resource: ResourceName, object: unknown): void {
    all[resource].set(keyOf(object), mappers[resource](object as never));
    cached = null;
  }

  function trim(resource: ResourceName): void {
    if (resource !== 'events' && resource !== 'nodeEvents') return;
    if (all[resource].size > eventLimit * 1.2) pruneEvents(all[resource] as Map<string, EventFact>);
  }

  return {
    upsert(resource, object) {
      put(resource, object);
      trim(resource);
    },
    remove(resource, object) {
      all[resource].delete(keyOf(object));
      cached = null;
    },
    replace(resource, objects) {
      all[resource].clear();
      cached = null;
      for (const object of objects) put(resource, object);
      trim(resource);
    },
    facts() {
      cached ??= build(all);
      return cached;
    },
  };
}
