import type { EndpointAddress } from 'kubernetes-types/core/v1.d.ts';
import type { Endpoint, EndpointSlice, Endpoints } from './kinds.ts';
import type { ObjectStore } from './object-store.ts';

const serviceLabel = 'kubernetes.io/service-name';

/** The older controller lists addresses in order of their text. */
function sorted(endpoints: Endpoint[]): Endpoint[] {
  return endpoints.toSorted((a, b) => ((a.addresses[0] ?? '') < (b.addresses[0] ?? '') ? -1 : 1));
}

function address({ addresses, nodeName, targetRef }: Endpoint): EndpointAddress {
  return { ip: addresses[0] ?? '', nodeName, targetRef };
}

/** The subsets of v1 Endpoints that say the same as the slices of a service. */
export function subsetsOf(slices: EndpointSlice[]): NonNullable<Endpoints['subsets']> {
  return slices
    .filter((slice) => (slice.endpoints ?? []).length > 0)
    .map(({ endpoints, ports }) => {
      const ready = (endpoints ?? []).filter((one) => one.conditions?.ready !== false);
      const notReady = (endpoints ?? []).filter(
        (one) => one.conditions?.ready === false && !one.conditions.terminating,
      );
      return {
        ...(ready.length > 0 && { addresses: sorted(ready).map(address) }),
        ...(notReady.length > 0 && { notReadyAddresses: sorted(notReady).map(address) }),
        ports: (ports ?? []).map(({ name, port = 0, protocol = 'TCP' }) => ({ name, port, protocol })),
      };
    })
    .filter((subset) => subset.addresses !== undefined || subset.notReadyAddresses !== undefined);
}

function mirror(store: ObjectStore, namespace: string, name: string): void {
  const labels = [{ key: serviceLabel, operator: 'In' as const, values: [name] }];
  const slices = store.list('EndpointSlice', { namespace, labels });
  const ref = { namespace, name };
  if (slices.length === 0) return store.remove('Endpoints', ref);
  const subsets = subsetsOf(slices);
  if (store.get('Endpoints', ref) === undefined) {
    const service = store.get('Service', ref);
    const metadata = { ...ref, ...(service?.metadata.labels && { labels: service.metadata.labels }) };
    store.create('Endpoints', { apiVersion: 'v1', kind: 'Endpoints', metadata, subsets });
  } else {
    store.modify('Endpoints', ref, (draft) => void (draft.subsets = subsets));
  }
}

/** Keeps v1 Endpoints in step with the EndpointSlices until the returned function is called. */
export function mirrorEndpoints(store: ObjectStore): () => void {
  return store.watch('EndpointSlice', {}, ({ object }) => {
    const { namespace = 'default', labels } = object.metadata;
    const service = labels?.[serviceLabel];
    if (service !== undefined && store.get('Namespace', { name: namespace }))
      mirror(store, namespace, service);
  });
}
