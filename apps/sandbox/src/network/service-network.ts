import type { EndpointSlice, Ingress, KubeObject, ObjectStore, Service, ServicePort } from '#store';
import type net from 'node:net';
import { ConnectionBalancer, type Endpoint } from './connection-balancer.ts';
import type { IngressTable } from './ingress-proxy.ts';
import type { Route } from './pick-route.ts';
import type { Client, Reachability } from './reachability.ts';

const SERVICE_LABEL = 'kubernetes.io/service-name';

/** Told of an address that could not be listened on. */
export type NetworkErrorListener = (place: string, error: unknown) => void;

/** The Services of a store as listening addresses, and its Ingresses as routes; follows both until closed. */
export class ServiceNetwork implements IngressTable {
  readonly #store: ObjectStore;
  readonly #reach: Reachability;
  readonly #onError: NetworkErrorListener;
  readonly #clients = new WeakMap<net.Socket, Client>();
  readonly #balancers = new Map<string, ConnectionBalancer>();
  readonly #unwatch: (() => void)[];
  #routes: readonly Route[] | undefined;

  constructor(store: ObjectStore, reach: Reachability, onError: NetworkErrorListener) {
    this.#store = store;
    this.#reach = reach;
    this.#onError = onError;
    reach.onChange(() => {
      for (const balancer of this.#balancers.values()) balancer.review();
    });
    this.#unwatch = [
      store.watch('Service', {}, ({ object }) => this.#sync(object.metadata.namespace, object.metadata.name)),
      store.watch('EndpointSlice', {}, ({ object }) =>
        this.#sync(object.metadata.namespace, serviceOf(object)),
      ),
      store.watch('Ingress', {}, () => {
        this.#routes = undefined;
      }),
    ];
  }

  routes(): readonly Route[] {
    this.#routes ??= this.#store.list('Ingress').flatMap(routesOf);
    return this.#routes;
  }

  endpoints({ namespace, service, port }: Route): readonly Endpoint[] {
    const found = this.#store.get('Service', { namespace, name: service });
    const wanted = found?.spec.ports?.find((one) => one.port === port || one.name === port);
    return found === undefined || wanted === undefined ? [] : this.#readyEndpoints(found, wanted);
  }

  reaches(endpoint: Endpoint): boolean {
    return !this.#reach.restricts || this.#reach.allows('ingress', endpoint);
  }

  async close(): Promise<void> {
    for (const stop of this.#unwatch) stop();
    await Promise.all([...this.#balancers.values()].map((balancer) => balancer.close()));
    this.#balancers.clear();
  }

  #sync(namespace: string | undefined, name: string | undefined): void {
    if (name === undefined) return;
    const prefix = `${namespace ?? ''}/${name}/`;
    const service = this.#store.get('Service', { namespace, name });
    const balanced = service === undefined ? [] : portsOf(service).map((port) => ({ service, port }));
    const wanted = new Set(balanced.map(({ port }) => `${prefix}${port.port}`));
    for (const [key, balancer] of this.#balancers) {
      if (!key.startsWith(prefix) || wanted.has(key)) continue;
      this.#balancers.delete(key);
      void balancer.close();
    }
    for (const { service: of, port } of balanced) this.#balance(of, port);
  }

  #balance(service: Service, port: ServicePort): void {
    const { namespace = '', name } = service.metadata;
    const ip = service.spec.clusterIP ?? '';
    const key = `${namespace}/${name}/${port.port}`;
    const balancer = this.#balancers.get(key) ?? new ConnectionBalancer(ip, port.port, this.#allows);
    this.#balancers.set(key, balancer);
    balancer
      .update(this.#readyEndpoints(service, port))
      .catch((error: unknown) => this.#onError(`service ${key} on ${ip}:${port.port}`, error));
  }

  readonly #allows = (socket: net.Socket, endpoint: Endpoint): boolean => {
    if (!this.#reach.restricts) return true;
    const { remoteAddress, remotePort, localAddress, localPort } = socket;
    if (remoteAddress === undefined || remotePort === undefined) return true;
    const ends = {
      localAddress: remoteAddress,
      localPort: remotePort,
      remoteAddress: localAddress ?? '',
      remotePort: localPort ?? 0,
    };
    const client = this.#clients.get(socket) ?? this.#reach.clientOf(ends);
    this.#clients.set(socket, client);
    return this.#reach.allows(client, endpoint);
  };

  #readyEndpoints({ metadata }: Service, wanted: { name?: string; port: number }): Endpoint[] {
    const labels = [{ key: SERVICE_LABEL, operator: 'In' as const, values: [metadata.name] }];
    const slices = this.#store.list('EndpointSlice', { namespace: metadata.namespace, labels });
    return slices.flatMap(({ endpoints, ports }) => {
      const port = (ports ?? []).find(({ name }) => (name ?? '') === (wanted.name ?? ''))?.port;
      const ready = (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false);
      return port === undefined
        ? []
        : ready.flatMap(({ addresses }) => addresses.map((ip) => ({ ip, port })));
    });
  }
}

function portsOf({ spec }: Service): ServicePort[] {
  const hasAddress = spec.clusterIP !== undefined && spec.clusterIP !== '' && spec.clusterIP !== 'None';
  return hasAddress ? (spec.ports ?? []) : [];
}

function serviceOf(slice: EndpointSlice): string | undefined {
  return slice.metadata.labels?.[SERVICE_LABEL];
}

function routesOf({ metadata, spec }: Ingress): Route[] {
  const namespace = metadata.namespace ?? 'default';
  return (spec.rules ?? []).flatMap(({ host, http }) =>
    (http?.paths ?? []).flatMap(({ path = '/', pathType, backend }): Route[] => {
      const { name: service, port } = backend.service ?? {};
      const number = port?.number ?? port?.name;
      if (service === undefined || number === undefined) return [];
      return [
        { host, path, pathType: pathType === 'Exact' ? 'Exact' : 'Prefix', namespace, service, port: number },
      ];
    }),
  );
}

/** Gives each new Service that asks for one the next address of the range; for the store's `admit`. */
export function clusterIpAllocator(serviceIp: (n: number) => string): (draft: KubeObject) => void {
  let last = 0;
  return (draft) => {
    if (draft.kind !== 'Service') return;
    const { spec } = draft as Service;
    if (spec.clusterIP !== undefined || spec.type === 'ExternalName') return;
    last = (last % 250) + 1;
    spec.clusterIP = serviceIp(last);
    spec.clusterIPs = [spec.clusterIP];
  };
}
