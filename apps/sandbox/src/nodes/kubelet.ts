import { isReady, type Node, type Pod } from '#store';
import { Gate } from './gate.ts';
import { kubeletEvent, nowText, type NodeContext, type NodeParts } from './node-context.ts';
import { healthyConditions, nodeObject, type NodeIdentity } from './node-object.ts';
import { PodWorker } from './pod-worker.ts';

const MEMORY_CHECK_MS = 2_000;
const LEASE_NAMESPACE = 'kube-node-lease';

/** What a kubelet needs. */
export interface KubeletOptions extends NodeParts {
  identity: NodeIdentity;
  /** The nth pod address of this node, n from 1. */
  podIp(n: number): string;
  /** Between lease renewals and status posts; Kubernetes' default is 10 s. */
  heartbeatMs: number;
}

/**
 * One virtual node: registers itself, renews its lease, runs the pods bound to it. Modes: running -> frozen (`freeze`:
 * as silent as a dead machine) -> running again (`thaw`) -> stopped.
 */
export class Kubelet {
  readonly name: string;
  readonly #options: KubeletOptions;
  readonly #context: NodeContext;
  readonly #workers = new Map<string, PodWorker>();
  readonly #usedIps = new Set<string>();
  readonly #timers: NodeJS.Timeout[] = [];
  #lastIp = 0;
  #refuses = false;
  #unwatch: (() => void)[] = [];

  constructor(options: KubeletOptions) {
    const { identity, store, images, stateDir, now } = options;
    this.name = identity.name;
    this.#options = options;
    this.#context = {
      store,
      images,
      stateDir,
      now,
      nodeName: identity.name,
      nodeIp: identity.ip,
      gate: new Gate(),
      takeIp: () => this.#takeIp(),
      releaseIp: (ip) => void this.#usedIps.delete(ip),
    };
  }

  get frozen(): boolean {
    return !this.#context.gate.isOpen;
  }

  /** Resolves at once while the node lives, else when it is thawed: reads through a dead node hang. Rejects while only the kubelet is dead. */
  reachable(): Promise<void> {
    if (!this.#refuses) return this.#context.gate.whenOpen();
    const error = new Error(`dial tcp ${this.#options.identity.ip}:10250: connect: connection refused`);
    return Promise.reject(Object.assign(error, { code: 'ECONNREFUSED' }));
  }

  /** The worker of a pod that runs here. */
  worker(namespace: string, name: string): PodWorker | undefined {
    return [...this.#workers.values()].find(
      ({ pod }) => pod.metadata.name === name && pod.metadata.namespace === namespace,
    );
  }

  /** Pods that have processes on this node, whatever the API says of them. */
  workers(): PodWorker[] {
    return [...this.#workers.values()];
  }

  start(): void {
    const { store, identity, heartbeatMs } = this.#options;
    this.#register();
    const fields = [{ path: 'spec.nodeName', equal: true, value: identity.name }];
    this.#unwatch = [
      store.watch('Pod', { fields }, ({ type, object }) => this.#onPod(type, object)),
      store.watch('Node', {}, ({ object, previous }) => this.#onNode(object, previous)),
    ];
    this.#timers.push(setInterval(() => this.#heartbeat(), heartbeatMs));
    this.#timers.push(setInterval(() => this.#checkMemory(), MEMORY_CHECK_MS));
  }

  /**
   * From now on the kubelet says and does nothing; freezing processes is the caller's part. Who asks the node is left waiting (`silent`,
   * a machine that hangs) or refused (`refuses`, a kubelet that ended on a machine that lives).
   */
  freeze(how: 'silent' | 'refuses'): void {
    this.#refuses = how === 'refuses';
    this.#context.gate.close();
  }

  /** The node comes back: heartbeat first, then what the API asked for meanwhile. */
  thaw(): void {
    this.#refuses = false;
    this.#context.gate.open();
    this.#heartbeat();
    const bound = this.#options.store.list('Pod').filter((pod) => pod.spec.nodeName === this.name);
    const uids = new Set(bound.map((pod) => pod.metadata.uid));
    for (const [uid, worker] of this.#workers) if (!uids.has(uid)) void this.#drop(uid, worker);
    for (const pod of bound) this.#onPod('MODIFIED', pod);
    for (const worker of this.#workers.values()) worker.publish();
  }

  /** Ends everything within about `graceMs`; nothing is reported. */
  async stop(graceMs: number): Promise<void> {
    for (const stop of this.#unwatch) stop();
    for (const timer of this.#timers) clearInterval(timer);
    this.#context.gate.open();
    await Promise.all(this.workers().map((worker) => worker.shutDown(graceMs)));
    this.#workers.clear();
  }

  #takeIp(): string {
    for (let tries = 0; tries < 250; tries++) {
      this.#lastIp = (this.#lastIp % 250) + 1;
      const ip = this.#options.podIp(this.#lastIp);
      if (this.#usedIps.has(ip)) continue;
      this.#usedIps.add(ip);
      return ip;
    }
    throw new Error(`node ${this.name}: all 250 pod addresses are in use`);
  }

  #onPod(type: 'ADDED' | 'MODIFIED' | 'DELETED', pod: Pod): void {
    if (this.frozen) return;
    const uid = pod.metadata.uid ?? '';
    const worker = this.#workers.get(uid);
    if (worker !== undefined) return type === 'DELETED' ? void this.#drop(uid, worker) : worker.update(pod);
    if (type !== 'DELETED') this.#take(uid, pod);
  }

  #take(uid: string, pod: Pod): void {
    if (pod.metadata.deletionTimestamp !== undefined) return this.#options.store.remove('Pod', pod.metadata);
    if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return;
    const fresh = new PodWorker(this.#context, pod);
    this.#workers.set(uid, fresh);
    fresh.start();
  }

  async #drop(uid: string, worker: PodWorker): Promise<void> {
    this.#workers.delete(uid);
    await worker.kill();
  }

  #onNode(node: Node, previous: Node | undefined): void {
    if (node.metadata.name !== this.name || previous === undefined || this.frozen) return;
    const unschedulable = node.spec.unschedulable === true;
    if (unschedulable === (previous.spec.unschedulable === true)) return;
    const reason = unschedulable ? 'NodeNotSchedulable' : 'NodeSchedulable';
    this.#nodeEvent(reason, `Node ${this.name} status is now: ${reason}`);
  }

  #register(): void {
    const { store, identity } = this.#options;
    if (store.get('Node', { name: this.name }) === undefined) {
      store.create('Node', nodeObject(identity, nowText(this.#context)));
      this.#nodeEvent('Starting', 'Starting kubelet.');
      this.#nodeEvent('NodeReady', `Node ${this.name} status is now: NodeReady`);
    }
    this.#heartbeat();
  }

  #heartbeat(): void {
    if (this.frozen) return;
    const { store, now } = this.#options;
    const node = store.get('Node', { name: this.name });
    if (node === undefined) return;
    this.#renewLease(node, new Date(now()).toISOString().replace('Z', '000Z'));
    store.modify('Node', { name: this.name }, (draft) => {
      draft.status ??= {};
      draft.status.conditions = healthyConditions(draft.status.conditions ?? [], nowText(this.#context));
    });
    if (!isReady(node)) this.#nodeEvent('NodeReady', `Node ${this.name} status is now: NodeReady`);
  }

  #renewLease(node: Node, renewTime: string): void {
    const { store } = this.#options;
    const ref = { namespace: LEASE_NAMESPACE, name: this.name };
    if (store.get('Lease', ref) !== undefined)
      return void store.modify('Lease', ref, (draft) => void (draft.spec.renewTime = renewTime));
    const owner = { apiVersion: 'v1', kind: 'Node', name: this.name, uid: node.metadata.uid ?? '' };
    store.create('Lease', {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { ...ref, ownerReferences: [owner] },
      spec: { holderIdentity: this.name, leaseDurationSeconds: 40, renewTime },
    });
  }

  #checkMemory(): void {
    if (this.frozen) return;
    for (const worker of this.#workers.values()) worker.checkMemory();
  }

  #nodeEvent(reason: string, message: string): void {
    const node = this.#options.store.get('Node', { name: this.name });
    if (node === undefined) return;
    kubeletEvent(this.#context, node, { type: 'Normal', reason, message });
  }
}
