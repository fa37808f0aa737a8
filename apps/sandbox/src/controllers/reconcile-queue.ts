import {
  ApiStatusError,
  recordEvent,
  type EventInput,
  type Kind,
  type KindMap,
  type ObjectStore,
} from '#store';

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

/**
 * Work of one controller, by object key (`namespace/name`): a key that is asked for several times is reconciled once,
 * after the store has told everybody of the change. One key at a time, in order.
 */
export class ReconcileQueue {
  readonly #context: ControllerContext;
  readonly #name: string;
  readonly #reconcile: (key: string) => void;
  readonly #pending = new Set<string>();
  readonly #timers = new Map<string, { timer: NodeJS.Timeout; dueAt: number }>();
  readonly #unwatch: (() => void)[] = [];
  #immediate: NodeJS.Immediate | undefined;

  constructor(context: ControllerContext, name: string, reconcile: (key: string) => void) {
    this.#context = context;
    this.#name = name;
    this.#reconcile = reconcile;
  }

  /** Reconciles, on every change of an object of this kind, the keys that the object concerns. */
  on<K extends Kind>(
    kind: K,
    keysOf: (object: KindMap[K], previous: KindMap[K] | undefined) => readonly string[],
  ): this {
    const stop = this.#context.store.watch(kind, {}, ({ object, previous }) => {
      for (const key of keysOf(object, previous)) this.add(key);
    });
    this.#unwatch.push(stop);
    return this;
  }

  add(key: string): void {
    this.#pending.add(key);
    this.#immediate ??= setImmediate(() => this.#drain());
  }

  /** Reconciles a key later; of several wishes for a key the soonest wins. */
  addAfter(key: string, delayMs: number): void {
    const dueAt = performance.now() + Math.max(0, delayMs);
    const standing = this.#timers.get(key);
    if (standing !== undefined && standing.dueAt <= dueAt) return;
    clearTimeout(standing?.timer);
    const timer = setTimeout(
      () => {
        this.#timers.delete(key);
        this.add(key);
      },
      Math.min(delayMs, LONGEST_TIMER_MS),
    );
    this.#timers.set(key, { timer, dueAt });
  }

  stop(): void {
    for (const stop of this.#unwatch) stop();
    for (const { timer } of this.#timers.values()) clearTimeout(timer);
    clearImmediate(this.#immediate);
  }

  #drain(): void {
    const keys = [...this.#pending];
    this.#pending.clear();
    this.#immediate = undefined;
    for (const key of keys) this.#try(key);
  }

  #try(key: string): void {
    try {
      this.#reconcile(key);
    } catch (error) {
      const lostRace = error instanceof ApiStatusError && (error.code === 409 || error.code === 404);
      if (!lostRace) this.#context.onError(this.#name, error);
      this.addAfter(key, lostRace ? CONFLICT_RETRY_MS : ERROR_RETRY_MS);
    }
  }
}

/** `namespace/name`. */
export function keyOf({ metadata }: { metadata: { namespace?: string; name: string } }): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** The parts of a key. */
export function refOf(key: string): { namespace: string; name: string } {
  const [namespace = '', name = ''] = key.split('/');
  return { namespace, name };
}

/** The key of the controlling owner when it is of this kind, else nothing. */
export function ownerKeys(object: KindMap[Kind], kind: string): string[] {
  const owner = object.metadata.ownerReferences?.find((reference) => reference.controller === true);
  return owner?.kind === kind ? [`${object.metadata.namespace ?? ''}/${owner.name}`] : [];
}

/** An event of a controller, now. */
export function say(
  context: ControllerContext,
  event: Omit<EventInput, 'at' | 'type'> & { type?: EventInput['type'] },
): void {
  recordEvent(context.store, { type: 'Normal', ...event, at: context.now() });
}
