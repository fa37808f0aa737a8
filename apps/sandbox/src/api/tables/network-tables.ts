import type { EndpointSlice, Endpoints, Ingress, NetworkPolicy, Service } from '#store';
import { age, named, none, selectorText, wide, type TableFor } from './column.ts';

const shownBackends = 3;

function firstFew(all: string[], wrap: (shown: string, more: number) => string): string {
  if (all.length === 0) return none;
  const shown = all.slice(0, shownBackends).join(',');
  return all.length > shownBackends ? wrap(shown, all.length - shownBackends) : shown;
}

function portsText({ spec }: Service): string {
  const texts = (spec.ports ?? []).map(
    ({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol ?? 'TCP'}`,
  );
  return texts.length === 0 ? none : texts.join(',');
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
  return all.length === 0 ? '' : firstFew(all, (shown, more) => `${shown} + ${more} more...`);
}

const endpoints: TableFor<Endpoints> = [named, ['Endpoints', endpointsText], age];

const endpointSlice: TableFor<EndpointSlice> = [
  named,
  ['AddressType', ({ addressType }) => addressType],
  [
    'Ports',
    ({ ports }) =>
      firstFew(
        (ports ?? []).map(({ port }) => String(port ?? '*')),
        (shown, more) => `${shown} + ${more} more...`,
      ) || '<unset>',
  ],
  [
    'Endpoints',
    ({ endpoints: list }) => {
      const all = (list ?? []).flatMap(({ addresses }) => addresses);
      return all.length === 0 ? '<unset>' : firstFew(all, (shown, more) => `${shown} + ${more} more...`);
    },
  ],
  age,
];

function hostsText({ spec }: Ingress): string {
  const hosts = (spec.rules ?? []).map(({ host }) => host ?? '').filter((host) => host !== '');
  return hosts.length === 0 ? '*' : firstFew(hosts, (shown, more) => `${shown} + ${more} more...`);
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
