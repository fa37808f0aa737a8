import { apiVersionOf, badRequest, wrongKind } from '#store';
import type { Kind, KindMap, KubeObject, ObjectMeta } from '#store';
import { applyPatchOf } from './merge-patch.ts';
import { isDryRun, isWatch, notAllowed, ok, wantsTable } from './reply.ts';
import type { ApiContext, ApiRequest, Reply } from './reply.ts';
import { scopeOf } from './scope.ts';
import { tableOf } from './tables/table-of.ts';
import type { NamedTarget, Target } from './target.ts';
import { validate } from './validate.ts';
import { watchReply } from './watch.ts';

type AnyObject = KindMap[Kind];

function table(context: ApiContext, target: Target, request: ApiRequest, objects: KubeObject[]): Reply {
  const { now, store } = context;
  const { kind } = target.resource;
  const include = request.query.get('includeObject') ?? 'Metadata';
  return ok(tableOf(objects, store.resourceVersion, { kind, include, nowMs: now() }));
}

function get(context: ApiContext, target: NamedTarget, request: ApiRequest): Reply {
  const object = context.store.require(target.resource.kind, target);
  return wantsTable(request) ? table(context, target, request, [object]) : ok(object);
}

function list(context: ApiContext, target: Target, request: ApiRequest): Reply {
  const { resource } = target;
  const items = context.store.list(resource.kind, scopeOf(target, request));
  if (wantsTable(request)) return table(context, target, request, items);
  const metadata = { resourceVersion: context.store.resourceVersion };
  return ok({ kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items });
}

/** Runs a write, for real or as a rehearsal when the request says so. */
function perform<T>({ store }: ApiContext, request: ApiRequest, act: () => T): T {
  return isDryRun(request) ? store.rehearse(act) : act();
}

/** Throws 400 when the body belongs elsewhere than the URL says. */
function checkPlace({ namespace, name }: Target, metadata: Partial<ObjectMeta>): void {
  if (namespace !== undefined && (metadata.namespace ?? namespace) !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  if (name === undefined || (metadata.name ?? name) === name) return;
  throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
}

/** A null in a typed Kubernetes object is an absent field: `creationTimestamp: null` must not make a template differ. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, part]) => part !== null);
  return Object.fromEntries(present.map(([key, part]) => [key, withoutNulls(part)]));
}

function objectFrom(target: Target, body: unknown): AnyObject {
  const { resource, namespace, name } = target;
  if (typeof body !== 'object' || body === null) {
    throw badRequest(`expected a ${resource.kind} in the body, found ${typeof body}`);
  }
  const apiVersion = apiVersionOf(resource);
  const object = { apiVersion, metadata: {}, ...(withoutNulls(body) as object) } as AnyObject;
  if (object.kind !== resource.kind || object.apiVersion !== apiVersion) throw wrongKind(resource, object);
  checkPlace(target, object.metadata);
  Object.assign(object.metadata, namespace !== undefined && { namespace }, name !== undefined && { name });
  return object;
}

function create(context: ApiContext, target: Target, request: ApiRequest): Reply {
  const { kind } = target.resource;
  const object = objectFrom(target, request.body);
  validate(kind, object);
  return { code: 201, body: perform(context, request, () => context.store.create(kind, object)) };
}

/** Writes an object, or its status when that is what the target names. */
function write(context: ApiContext, target: Target, request: ApiRequest, object: AnyObject): Reply {
  const { kind } = target.resource;
  const { store } = context;
  if (target.subresource === 'status')
    return ok(perform(context, request, () => store.updateStatus(kind, object)));
  validate(kind, object);
  return ok(perform(context, request, () => store.update(kind, object)));
}

function patch(context: ApiContext, target: NamedTarget, request: ApiRequest): Reply {
  const current = context.store.require(target.resource.kind, target);
  const patched = applyPatchOf(request.headers['content-type'] ?? '', current, request.body);
  return write(context, target, request, objectFrom(target, patched));
}

interface SentDeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: string;
  preconditions?: { uid?: string; resourceVersion?: string };
}

/** Deletes one object and answers as Kubernetes does: with the pod, or with a Status for everything else. */
export function remove(context: ApiContext, target: NamedTarget, request: ApiRequest): Reply {
  const sent = (request.body ?? {}) as SentDeleteOptions;
  const asked = request.query.get('gracePeriodSeconds');
  const { kind, group, plural } = target.resource;
  const gracePeriodSeconds = asked === null ? sent.gracePeriodSeconds : Number(asked);
  const propagationPolicy = request.query.get('propagationPolicy') ?? sent.propagationPolicy;
  const options = { gracePeriodSeconds, propagationPolicy, preconditions: sent.preconditions };
  const gone = perform(context, request, () => context.store.delete(kind, target, options));
  if (kind === 'Pod') return ok(gone);
  const details = { name: target.name, group: group || undefined, kind: plural, uid: gone.metadata.uid };
  return ok({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details });
}

function answerNamed(context: ApiContext, target: NamedTarget, request: ApiRequest): Reply {
  switch (request.method) {
    case 'GET':
      return get(context, target, request);
    case 'PUT':
      return write(context, target, request, objectFrom(target, request.body));
    case 'PATCH':
      return patch(context, target, request);
    case 'DELETE':
      return remove(context, target, request);
    default:
      throw notAllowed(request, target);
  }
}

/** Answers requests for objects, lists and watches, and for the status subresource. */
export function answerObjects(context: ApiContext, target: Target, request: ApiRequest): Reply {
  const { name } = target;
  if (isWatch(request)) return watchReply(context, target, request);
  if (name !== undefined) return answerNamed(context, { ...target, name }, request);
  if (request.method === 'GET') return list(context, target, request);
  if (request.method === 'POST') return create(context, target, request);
  throw notAllowed(request, target);
}
