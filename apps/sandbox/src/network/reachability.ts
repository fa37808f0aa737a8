import type { ObjectStore, Pod } from '#store';
import type { Endpoint } from './connection-balancer.ts';
import { policyAllows, type PolicyPod } from './policy-allows.ts';
import { clientInode, holds, type Ends } from './socket-owner.ts';

/** The processes of a pod, for finding out whose connection it is. */
export interface PodProcesses {
  pod: Pod;
  /** Main processes: nearly always it is one of them that connects. */
  pids: readonly number[];
  /** The main processes and all that they started. */
  tree(): readonly number[];
}

/** Who connects: a pod, the ingress controller, or somebody outside of every pod (this machine, which stands for the nodes). */
export type Client = Pod | 'ingress' | 'outside';

const ZONE = 'topology.kubernetes.io/zone';

const INGRESS_CONTROLLER: PolicyPod = {
  namespace: 'ingress-nginx',
  labels: { 'app.kubernetes.io/name': 'ingress-nginx' },
  namespaceLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' },
  namedPorts: {},
  ip: '127.0.0.1',
};

/** Says which connections get through: NetworkPolicies, cut zones, lost nodes. What does not is dropped, never refused. */
export class Reachability {
  readonly lostNodes = new Set<string>();
  /** Zones that no pod outside of them reaches, and whose pods reach no other zone. */
  readonly cutZones = new Set<string>();
  readonly #store: ObjectStore;
  readonly #processes: () => readonly PodProcesses[];
  readonly #listeners = new Set<() => void>();
  #settled: Set<string> | undefined;

  constructor(store: ObjectStore, processes: () => readonly PodProcesses[]) {
    this.#store = store;
    this.#processes = processes;
    store.watch('NetworkPolicy', {}, () => this.changed());
  }

  /** Told whenever a verdict may be another. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** To be called after `lostNodes` or `cutZones` were changed. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** The pod whose process holds the client's end, else `outside`. */
  clientOf(ends: Ends): Client {
    const inode = clientInode(ends);
    if (inode === undefined) return 'outside';
    const known = this.#processes();
    const isHolder = (pid: number): boolean => holds(pid, inode);
    const holder =
      known.find(({ pids }) => pids.some(isHolder)) ?? known.find(({ tree }) => tree().some(isHolder));
    return holder?.pod ?? 'outside';
  }

  /** To be called when the platform serves: the policies that stand now let its own connections through. */
  settle(): void {
    this.#settled = this.#policies();
  }

  /**
   * Whether a loss, a cut, or a policy that came or changed since the platform serves stands anywhere. Without one nobody is asked who
   * connects: finding that out reads the kernel's tables, which holds up everybody's traffic.
   */
  get restricts(): boolean {
    if (this.lostNodes.size + this.cutZones.size > 0) return true;
    return this.#settled !== undefined && this.#policies().symmetricDifference(this.#settled).size > 0;
  }

  #policies(): Set<string> {
    const all = this.#store.list('NetworkPolicy');
    return new Set(all.map(({ metadata }) => `${metadata.uid} ${metadata.generation}`));
  }

  allows(client: Client, { ip, port }: Endpoint): boolean {
    const pod = this.#store.list('Pod').find(({ status }) => status?.podIP === ip);
    if (pod === undefined) return true;
    if (this.lostNodes.has(pod.spec.nodeName ?? '')) return false;
    if (client === 'outside') return true;
    if (client !== 'ingress' && this.#isCut(client, pod)) return false;
    const from = client === 'ingress' ? INGRESS_CONTROLLER : this.#policyPod(client);
    return policyAllows(this.#store.list('NetworkPolicy'), from, this.#policyPod(pod), port);
  }

  #isCut(from: Pod, to: Pod): boolean {
    const [a, b] = [this.#zoneOf(from), this.#zoneOf(to)];
    return a !== b && (this.cutZones.has(a) || this.cutZones.has(b));
  }

  #zoneOf({ spec }: Pod): string {
    return this.#store.get('Node', { name: spec.nodeName ?? '' })?.metadata.labels?.[ZONE] ?? '';
  }

  #policyPod({ metadata, spec, status }: Pod): PolicyPod {
    const namespace = metadata.namespace ?? 'default';
    const ports = spec.containers.flatMap((container) => container.ports ?? []);
    return {
      namespace,
      labels: metadata.labels ?? {},
      namespaceLabels: {
        'kubernetes.io/metadata.name': namespace,
        ...this.#store.get('Namespace', { name: namespace })?.metadata.labels,
      },
      namedPorts: Object.fromEntries(
        ports.flatMap(({ name, containerPort }) => (name === undefined ? [] : [[name, containerPort]])),
      ),
      ip: status?.podIP ?? '',
    };
  }
}
