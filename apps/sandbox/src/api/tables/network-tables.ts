import type { EndpointSlice, Endpoints, Ingress, NetworkPolicy, Service } from '#store';
import { age, named, none, selectorText, wide, type TableFor } from './column.ts';

const shownBackends = 3;

function firstFew(all: readonly string[], otherwise: string): string {
  const shown = all.slice(0, shownBackends).join(',');
  const more = all.length - shownBackends;
  return more > 0 ? `${shown} + ${more} more...` : shown || otherwise;
}

function portsText({ spec }: Service): string {
  const texts = (spec.ports ?? []).map(
    ({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol ?? 'TCP'}`,
  );
  return texts.join(',') || none;
}

const service: TableFor<Service> = [
  named,
  ['Type', ({ spec }) => spec.type ?? 'ClusterIP'],
  ['Cluster-IP', ({ spec }) => spec.clusterIP || none],
  ['External-IP', ({ spec }) => spec.externalName ?? none],
  ['Port(s)', portsText],
  age,
  ['Selector', ({ spec }) => selectorText({ matchLabels: spec.selector ?? {} }), wide],
];

function endpointsText({ subsets = [] }: Endpoints): string {
  if (subsets.length === 0) return none;
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap(({ port }) => addresses.map(({ ip }) => `${ip}:${port}`)),
  );
  // With subsets but no ready address Kubernetes leaves the cell empty.
  return firstFew(all, '');
}

const endpoints: TableFor<Endpoints> = [named, ['Endpoints', endpointsText], age];

const endpointSlice: TableFor<EndpointSlice> = [
  named,
  ['AddressType', ({ addressType }) => addressType],
  [
    'Ports',
    ({ ports = [] }) =>
      firstFew(
        ports.map(({ port }) => String(port ?? '*')),
        '<unset>',
      ),
  ],
  [
    'Endpoints',
    ({ endpoints: all = [] }) =>
      firstFew(
        all.flatMap(({ addresses }) => addresses),
        '<unset>',
      ),
  ],
  age,
];

function hostsText({ spec }: Ingress): string {
  const hosts = (spec.rules ?? []).map(({ host }) => host ?? '').filter((host) => host !== '');
  return firstFew(hosts, '*');
}

const ingress: TableFor<Ingress> = [
  named,
  ['Class', ({ spec }) => spec.ingressClassName ?? none],
  ['Hosts', hostsText],
  [
    'Address',
    ({ status }) =>
      (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname ?? '').join(','),
  ],
  ['Ports', ({ spec }) => ((spec.tls ?? []).length > 0 ? '80, 443' : '80')],
  age,
];

const networkPolicy: TableFor<NetworkPolicy> = [
  named,
  ['Pod-Selector', ({ spec }) => selectorText(spec.podSelector)],
  age,
];

/** Columns of the network's kinds. */
export const networkTables = {
  EndpointSlice: endpointSlice,
  Endpoints: endpoints,
  Ingress: ingress,
  NetworkPolicy: networkPolicy,
  Service: service,
};
