import type { EndpointFact } from '#facts';
import type { WireMeta } from './object-shape.ts';

export interface WireEndpointSlice {
  readonly metadata: WireMeta;
  readonly endpoints?:
    | readonly {
        readonly addresses?: readonly string[];
        readonly conditions?: {
          readonly ready?: boolean | null;
          readonly terminating?: boolean | null;
        };
        readonly targetRef?: { readonly kind?: string; readonly name?: string };
        readonly nodeName?: string;
      }[]
    | null;
}

/** One fact for each address of a slice. An unset `ready` counts as ready, as the API defines it. */
export function endpointFacts(slice: WireEndpointSlice): readonly EndpointFact[] {
  const service = slice.metadata.labels?.['kubernetes.io/service-name'] ?? '';
  return (slice.endpoints ?? []).flatMap((endpoint) =>
    (endpoint.addresses ?? []).map((address) => ({
      service,
      address,
      podName: endpoint.targetRef?.kind === 'Pod' ? (endpoint.targetRef.name ?? null) : null,
      nodeName: endpoint.nodeName ?? null,
      ready: endpoint.conditions?.ready ?? true,
      terminating: endpoint.conditions?.terminating ?? false,
    })),
  );
}
