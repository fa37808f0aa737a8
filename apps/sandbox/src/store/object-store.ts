import { isDeepStrictEqual } from 'node:util';
import { alreadyExists, conflict, expired, invalid, notFound } from './api-status-error.ts';
import { applyDefaults } from './defaults.ts';
import type { Kind, KindMap } from './kinds.ts';
import type { KubeObject, ObjectMeta } from './meta.ts';
import { nameProblem, serverMetadata, suffix } from './metadata.ts';
import { resourceOf, resources, type Resource } from './resources.ts';
import { matchesFields, matchesRequirements, type FieldRequirement, type Requirement } from './selectors.ts';
import { WatchHub, type Change } from './watch-hub.ts';

/** Where an object lives; `namespace` is left out for cluster-wide kinds. */
export interface Ref {
  namespace?: string | undefined;
  name: string;
}

/** What a list or a watch is narrowed to. */
export interface Scope {
  namespace?: string | undefined;
  labels?: Requirement[] | undefined;
  fields?: FieldRequirement[] | undefined;
}

/** How an object is to go. */
export interface DeleteOptions {
  /** Seconds; a pod on a node keeps running that long at most. Default: the pod's own. */
  gracePeriodSeconds?: number | undefined;
  propagationPolicy?: string | undefined;
  preconditions?: { uid?: string; resourceVersion?: string } | undefined;
}

/** Options of the store; all have defaults fit for use. */
export interface ObjectStoreOptions {
  /** Milliseconds since the epoch; timestamps of objects come from here. */
  now?: () => number;
  /** Number of changes kept for watchers that come back. */
  historyLimit?: number;
  /** Last look at an object before it is written: may change it, or refuse by throwing an `ApiStatusError`. */
  admit?: (draft: KubeObject, previous: KubeObject | undefined) => void;
}

/** A writable object without what the server owns. */
export type NewObject<T extends KubeObject> = Omit<T, 'metadata'> & { metadata: Partial<ObjectMeta> };

/**
 * All objects of the cluster, in memory, in one process. Every call is synchronous. Objects handed out are deeply
 * frozen: change them with `modify`. Refusals are thrown as `ApiStatusError` with Kubernetes' code and words.
 */
export class ObjectStore {
  private readonly objects = new Map<Kind, Map<string, KubeObject>>();
  private readonly now: () => number;
  private readonly hub: WatchHub;
  private readonly admit: NonNullable<ObjectStoreOptions['admit']>;
  private version = 1;
  /** While true, writes are thought through and forgotten. */
  private rehearsing = false;

  constructor({ now = Date.now, historyLimit = 5000, admit = () => undefined }: ObjectStoreOptions = {}) {
    this.now = now;
    this.admit = admit;
    this.hub = new WatchHub(historyLimit);
    for (const { kind } of resources) this.objects.set(kind, new Map());
  }

  /** The version of the newest change, as lists carry it. */
  get resourceVersion(): string {
    return String(this.version);
  }

  /** The object, or undefined. */
  get<K extends Kind>(kind: K, ref: Ref): KindMap[K] | undefined {
    return this.table(kind).get(keyOf(ref));
  }

  /** The object; throws 404 when there is none. */
  require<K extends Kind>(kind: K, ref: Ref): KindMap[K] {
    const found = this.get(kind, ref);
    if (found === undefined) throw notFound(resourceOf(kind), ref.name);
    return found;
  }

  /** All objects in scope, ordered by namespace and name. */
  list<K extends Kind>(kind: K, scope: Scope = {}): KindMap[K][] {
    const found = [...this.table(kind).entries()].filter(([, object]) => inScope(object, scope));
    return found.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  }

  /** Stores a new object. Throws 409 when the name is taken, 404 without its namespace, 422 for a wrong name. */
  create<K extends Kind>(kind: K, input: NewObject<KindMap[K]>): KindMap[K] {
    const resource = resourceOf(kind);
    const draft = structuredClone(input) as KindMap[K];
    const meta = draft.metadata;
    if (!meta.name && meta.generateName) meta.name = meta.generateName + suffix();
    if (!resource.namespaced) delete meta.namespace;
    this.checkPlace(resource, meta);
    if (this.table(kind).has(keyOf(meta))) throw alreadyExists(resource, meta.name);
    applyDefaults(draft);
    Object.assign(meta, serverMetadata(resource, this.now()));
    delete meta.deletionTimestamp;
    this.admit(draft, undefined);
    return this.write(resource, draft, undefined);
  }

  /**
   * Replaces an object. A resourceVersion in `input` must be the stored one, else 409. Where the kind has a status
   * subresource the stored status stays.
   */
  update<K extends Kind>(kind: K, input: KindMap[K]): KindMap[K] {
    const previous = this.require(kind, input.metadata);
    this.checkVersion(kind, previous, input);
    const draft = structuredClone(input);
    if (resourceOf(kind).hasStatus) Object.assign(draft, { status: structuredClone(statusOf(previous)) });
    return this.replace(kind, draft, previous);
  }

  /** Replaces status only; everything else of `input` is ignored. Throws 409 as `update` does. */
  updateStatus<K extends Kind>(kind: K, input: KindMap[K]): KindMap[K] {
    const previous = this.require(kind, input.metadata);
    this.checkVersion(kind, previous, input);
    return this.replace(
      kind,
      { ...structuredClone(previous), status: structuredClone(statusOf(input)) },
      previous,
    );
  }

  /** Reads, changes in place and writes back spec and status in one go. Writing the same again changes nothing. */
  modify<K extends Kind>(kind: K, ref: Ref, change: (draft: KindMap[K]) => void): KindMap[K] {
    const previous = this.require(kind, ref);
    const draft = structuredClone(previous);
    change(draft);
    return this.replace(kind, draft, previous);
  }

  /**
   * Deletes. A pod on a node is only marked (deletionTimestamp = now + grace) and stays until its kubelet calls
   * `remove`; with a grace of 0 it goes at once, as everything else does. Returns the object as it then stood.
   */
  delete<K extends Kind>(kind: K, ref: Ref, options: DeleteOptions = {}): KindMap[K] {
    const found = this.require(kind, ref);
    const { uid, resourceVersion } = options.preconditions ?? {};
    const stale = resourceVersion !== undefined && resourceVersion !== found.metadata.resourceVersion;
    if (stale) throw conflict(resourceOf(kind), ref.name);
    if (uid !== undefined && uid !== found.metadata.uid) {
      const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${found.metadata.uid ?? ''}`;
      throw conflict(resourceOf(kind), ref.name, why);
    }
    const graceSeconds = graceOf(found, options.gracePeriodSeconds);
    if (graceSeconds > 0) return this.markDeleted(kind, found, graceSeconds);
    this.remove(kind, ref, options.propagationPolicy);
    return found;
  }

  /** Takes an object out for good and, unless `Orphan` is asked for, what it owns. Does nothing if it is gone. */
  remove(kind: Kind, ref: Ref, propagationPolicy?: string): void {
    const previous = this.table(kind).get(keyOf(ref));
    if (previous === undefined || this.rehearsing) return;
    this.table(kind).delete(keyOf(ref));
    this.version += 1;
    const metadata = { ...previous.metadata, resourceVersion: String(this.version) };
    this.hub.publish(kind, this.version, {
      type: 'DELETED',
      object: freeze({ ...previous, metadata }),
      previous,
    });
    this.releaseOwned(previous, propagationPolicy === 'Orphan');
    if (kind === 'Namespace') this.empty(ref.name);
  }

  /** Runs `act` without keeping or telling anything of what it writes: refusals and results as if it were real. */
  rehearse<T>(act: () => T): T {
    this.rehearsing = true;
    try {
      return act();
    } finally {
      this.rehearsing = false;
    }
  }

  /**
   * Follows a kind. Without `since` the objects in scope come first, as ADDED; with it, what happened after that
   * version (410 when it is too old, or newer than anything here). Leaving the scope is DELETED. Returns the stop.
   */
  watch<K extends Kind>(
    kind: K,
    scope: Scope & { since?: string | undefined },
    listener: (change: Change<KindMap[K]>) => void,
  ): () => void {
    const { since } = scope;
    const told = listener as (change: Change) => void;
    const narrowed = (change: Change): void => {
      const seen = narrow(change, scope);
      if (seen !== undefined) told(seen);
    };
    if (since !== undefined && since !== '' && since !== '0') {
      if (Number(since) > this.version) throw expired(since, this.version);
      return this.hub.follow(kind, Number(since), narrowed);
    }
    const at = this.version;
    for (const object of this.list(kind, scope)) told({ type: 'ADDED', object });
    return this.hub.follow(kind, at, narrowed);
  }

  private table<K extends Kind>(kind: K): Map<string, KindMap[K]> {
    const table = this.objects.get(kind);
    if (table === undefined) throw new Error(`store: kind ${kind} is not in the table of resources`);
    return table as Map<string, KindMap[K]>;
  }

  private checkPlace(resource: Resource, meta: ObjectMeta): void {
    const problem = nameProblem(meta.name);
    if (problem !== undefined) throw invalid(resource, meta.name ?? '', [problem]);
    if (!resource.namespaced) return;
    meta.namespace ??= 'default';
    if (!this.table('Namespace').has(keyOf({ name: meta.namespace })))
      throw notFound(resourceOf('Namespace'), meta.namespace);
  }

  private checkVersion(kind: Kind, previous: KubeObject, input: KubeObject): void {
    const given = input.metadata.resourceVersion;
    if (given && given !== previous.metadata.resourceVersion)
      throw conflict(resourceOf(kind), input.metadata.name);
  }

  private replace<K extends Kind>(kind: K, draft: KindMap[K], previous: KindMap[K]): KindMap[K] {
    const resource = resourceOf(kind);
    const { uid, creationTimestamp, namespace, name, deletionTimestamp, generation } = previous.metadata;
    Object.assign(draft.metadata, {
      uid,
      creationTimestamp,
      name,
      resourceVersion: previous.metadata.resourceVersion,
    });
    if (namespace !== undefined) draft.metadata.namespace = namespace;
    if (deletionTimestamp !== undefined) draft.metadata.deletionTimestamp ??= deletionTimestamp;
    if (generation !== undefined) draft.metadata.generation = generation;
    applyDefaults(draft);
    this.admit(draft, previous);
    if (isDeepStrictEqual(plain(draft), plain(previous))) return previous;
    if (resource.hasGeneration && !isDeepStrictEqual(plain(specOf(draft)), plain(specOf(previous)))) {
      draft.metadata.generation = (generation ?? 0) + 1;
    }
    return this.write(resource, draft, previous);
  }

  private write<T extends KubeObject>(resource: Resource, draft: T, previous: T | undefined): T {
    if (this.rehearsing) return freeze(plain(draft));
    this.version += 1;
    draft.metadata.resourceVersion = String(this.version);
    const object = freeze(plain(draft));
    this.objects.get(resource.kind)?.set(keyOf(object.metadata), object);
    const change: Change =
      previous === undefined ? { type: 'ADDED', object } : { type: 'MODIFIED', object, previous };
    this.hub.publish(resource.kind, this.version, change);
    return object;
  }

  private markDeleted<K extends Kind>(kind: K, found: KindMap[K], graceSeconds: number): KindMap[K] {
    const deadline = this.now() + graceSeconds * 1000;
    const standing = found.metadata.deletionTimestamp;
    if (standing !== undefined && Date.parse(standing) <= deadline) return found;
    return this.modify(kind, found.metadata, (draft) => {
      draft.metadata.deletionTimestamp = timestamp(deadline);
      draft.metadata.deletionGracePeriodSeconds = graceSeconds;
    });
  }

  private releaseOwned(owner: KubeObject, orphan: boolean): void {
    const owns = (object: KubeObject): boolean =>
      object.metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) ?? false;
    for (const { kind } of resources) {
      for (const { metadata } of this.list(kind).filter(owns)) {
        const others = metadata.ownerReferences?.filter(({ uid }) => uid !== owner.metadata.uid) ?? [];
        if (others.length === 0 && !orphan) this.deleteIfThere(kind, metadata);
        else this.modify(kind, metadata, (draft) => void (draft.metadata.ownerReferences = others));
      }
    }
  }

  private deleteIfThere(kind: Kind, ref: Ref): void {
    if (this.get(kind, ref) !== undefined) this.delete(kind, ref);
  }

  private empty(namespace: string): void {
    for (const { kind } of resources.filter((resource) => resource.namespaced)) {
      for (const { metadata } of this.list(kind, { namespace })) this.deleteIfThere(kind, metadata);
    }
  }
}

/** An instant as objects carry it: RFC 3339 in whole seconds. */
export function timestamp(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}

function keyOf({ namespace, name }: Ref): string {
  return `${namespace ?? ''}/${name}`;
}

function plain<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value))
    if (typeof part === 'object' && part !== null) freeze(part as object);
  return Object.freeze(value);
}

function specOf(object: KubeObject): unknown {
  const { status: _status, metadata: _metadata, ...rest } = object as KubeObject & { status?: unknown };
  return rest;
}

function statusOf(object: KubeObject): unknown {
  return (object as KubeObject & { status?: unknown }).status;
}

function graceOf(object: KubeObject, asked: number | undefined): number {
  if (object.kind !== 'Pod') return 0;
  const { spec, status } = object as KindMap['Pod'];
  const over = status?.phase === 'Succeeded' || status?.phase === 'Failed';
  if (spec.nodeName === undefined || over) return 0;
  return asked ?? spec.terminationGracePeriodSeconds ?? 30;
}

function inScope(object: KubeObject, { namespace, labels = [], fields = [] }: Scope): boolean {
  if (namespace !== undefined && object.metadata.namespace !== namespace) return false;
  return matchesRequirements(object.metadata.labels, labels) && matchesFields(object, fields);
}

function narrow(change: Change, scope: Scope): Change | undefined {
  const isIn = inScope(change.object, scope);
  const wasIn = change.previous !== undefined && inScope(change.previous, scope);
  if (change.type === 'DELETED') return wasIn ? change : undefined;
  if (isIn) return wasIn || change.type === 'ADDED' ? change : { type: 'ADDED', object: change.object };
  return wasIn ? { ...change, type: 'DELETED' } : undefined;
}
