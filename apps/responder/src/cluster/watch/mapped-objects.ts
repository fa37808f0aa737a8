import type { EndpointFact, EpochMs, EventFact, NodeFact, PodFact } from '#facts';
import type { NetworkPolicyFact, ServiceFact, WorkloadFact } from '#facts';
import { endpointFacts, type WireEndpointSlice } from '../map/endpoint-facts.ts';
import { eventFact, type WireEvent } from '../map/event-fact.ts';
import { leaseRenewedAt, nodeFact, type WireLease, type WireNode } from '../map/node-fact.ts';
import { podFact, type WirePod } from '../map/pod-fact.ts';
import {
  networkPolicyFact,
  serviceFact,
  type WireNetworkPolicy,
  type WireService,
} from '../map/service-fact.ts';
import { workloadFact, type WireWorkload } from '../map/workload-fact.ts';
import type { ResourceName } from './watched-resources.ts';

/** What one object of each collection says. */
export interface MappedObject {
  readonly pods: PodFact;
  readonly nodes: NodeFact;
  readonly leases: EpochMs | null;
  readonly endpointslices: readonly EndpointFact[];
  readonly deployments: WorkloadFact;
  readonly statefulsets: WorkloadFact;
  readonly services: ServiceFact;
  readonly networkpolicies: NetworkPolicyFact;
  readonly events: EventFact;
  readonly nodeEvents: EventFact;
}

/** What all objects say, by collection and name. */
export type MappedObjects = {
  readonly [Name in ResourceName]: Map<string, MappedObject[Name]>;
};

/** How an object of each collection is read. */
export const mappers: { readonly [Name in ResourceName]: (object: never) => MappedObject[Name] } = {
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
