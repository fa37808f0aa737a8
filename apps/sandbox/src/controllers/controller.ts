import { ApiStatusError, controllerOf, recordEvent, timestamp } from '#store';
import type { Kind, KindMap, KubeObject, ObjectStore, Ref } from '#store';

const CONFLICT_RETRY_MS = 20;
const ERROR_RETRY_MS = 1_000;
/** Longer ones overflow; waking up early only reconciles once more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Timings of the controllers; the defaults are those of Kubernetes. */
export interface ControllerTimings {
  /** Age of a node's lease after which the node is unknown (`--node-monitor-grace-period`). */
  nodeMonitorGraceMs: number;
  /** Between looks at the leases (`--node-monitor-period`). */
  nodeMonitorPeriodMs: number;
  /** Overrides the 300 s that pods tolerate a node that is gone; undefined leaves what the pods say. */
  podEvictionAfterMs: number | undefined;
}

/** What every controller is given. */
export interface ControllerContext {
  store: ObjectStore;
  /** Milliseconds since the epoch. */
  now(): number;
  timings: ControllerTimings;
  /** Told of every error that is not a lost race; the key is tried again. */
  onError(controller: string, error: unknown): void;
}

/** What a controller does for one object; it may be gone already. */
export type Reconcile = (controller: Controller, ref: Ref) => void;

/**
 * A controller and its work, by object: one that is asked for several times is reconciled once, after the store has told
 * everybody of the change. One at a time, in order.
 */
export class Controller {
  readonly store: ObjectStore;
  readonly timings: ControllerTimings;
  readonly #context: ControllerContext;
  readonly #name: string;
  readonly #reconcile: Reconcile;
  readonly #pending = new Map<string, Ref>();
  readonly #timers = new Map<string, { timer: NodeJS.Timeout; dueAt: number }>();
  readonly #stops: (() => void)[] = [];
  #immediate: NodeJS.Immediate | undefined;

  constructor(context: ControllerContext, name: string, reconcile: Reconcile) {
    this.store = context.store;
    this.timings = context.timings;
    this.#context = context;
    this.#name = name;
    this.#reconcile = reconcile;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#context.now();
  }

  /** The present instant as objects carry it. */
  nowText(): string {
    return timestamp(this.now());
  }

  /** Reconciles, on every change of an object of this kind, the objects that it concerns. */
  on<K extends Kind>(
    kind: K,
    refsOf: (object: KindMap[K], previous: KindMap[K] | undefined) => readonly Ref[],
  ): this {
    const stop = this.store.watch(kind, {}, ({ object, previous }) => {
      for (const ref of refsOf(object, previous)) this.#add(ref);
    });
    return this.onStop(stop);
  }

  /** Has something ended with the controller. */
  onStop(stop: () => void): this {
    this.#stops.push(stop);
    return this;
  }

  /** Reconciles an object later; of several wishes for it the soonest wins. */
  addAfter(ref: Ref, delayMs: number): void {
    const key = keyOf(ref);
    const dueAt = performance.now() + Math.max(0, delayMs);
    const standing = this.#timers.get(key);
    if (standing !== undefined && standing.dueAt <= dueAt) return;
    clearTimeout(standing?.timer);
    const wake = () => {
      this.#timers.delete(key);
      this.#add(ref);
    };
    this.#timers.set(key, { timer: setTimeout(wake, Math.min(delayMs, LONGEST_TIMER_MS)), dueAt });
  }

  /** Writes an event about an object. */
  say(involved: KubeObject, reason: string, message: string, type: 'Normal' | 'Warning' = 'Normal'): void {
    recordEvent(this.store, { involved, reason, message, type, component: this.#name, at: this.now() });
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    for (const { timer } of this.#timers.values()) clearTimeout(timer);
    clearImmediate(this.#immediate);
  }

  #add(ref: Ref): void {
    this.#pending.set(keyOf(ref), ref);
    this.#immediate ??= setImmediate(() => this.#drain());
  }

  #drain(): void {
    const refs = [...this.#pending.values()];
    this.#pending.clear();
    this.#immediate = undefined;
    for (const { namespace, name } of refs) this.#try({ namespace, name });
  }

  #try(ref: Ref): void {
    try {
      this.#reconcile(this, ref);
    } catch (error) {
      const lostRace = error instanceof ApiStatusError && (error.code === 409 || error.code === 404);
      if (!lostRace) this.#context.onError(this.#name, error);
      this.addAfter(ref, lostRace ? CONFLICT_RETRY_MS : ERROR_RETRY_MS);
    }
  }
}

function keyOf({ namespace = '', name }: Ref): string {
  return `${namespace}/${name}`;
}

/** The controlling owner when it is of this kind, else nobody. */
export function ownersOf(object: KubeObject, kind: Kind): Ref[] {
  const owner = controllerOf(object);
  return owner?.kind === kind ? [{ namespace: object.metadata.namespace, name: owner.name }] : [];
}
