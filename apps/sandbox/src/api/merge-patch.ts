import { applyPatch, type Operation } from 'rfc6902';
import { ApiStatusError, badRequest, notImplemented } from '#store';

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RFC 7396: objects are merged, null deletes, everything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Json = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

/** Merge keys by field, from the patch strategies of Kubernetes' API types; taints and tolerations have none. */
const mergeKeys: Record<string, string[]> = {
  addresses: ['type'],
  conditions: ['type'],
  containers: ['name'],
  env: ['name'],
  hostAliases: ['ip'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  ownerReferences: ['uid'],
  ports: ['containerPort', 'port'],
  topologySpreadConstraints: ['topologyKey'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
};

function mergeKeyOf(field: string, items: unknown[]): string | undefined {
  return mergeKeys[field]?.find((key) => items.some((item) => isObject(item) && key in item));
}

function reordered(list: unknown[], key: string, order: unknown): unknown[] {
  if (!Array.isArray(order)) return list;
  const wanted = order.map((entry) => (isObject(entry) ? entry[key] : entry));
  const rank = (item: unknown): number => {
    const at = wanted.indexOf(isObject(item) ? item[key] : item);
    return at === -1 ? wanted.length : at;
  };
  return list.toSorted((a, b) => rank(a) - rank(b));
}

function mergeItem(list: unknown[], key: string, item: unknown): unknown[] {
  if (!isObject(item)) return [...list, item];
  const at = list.findIndex((one) => isObject(one) && one[key] === item[key]);
  if (item['$patch'] === 'delete') return at === -1 ? list : list.toSpliced(at, 1);
  const merged = strategicPatch(at === -1 ? {} : list[at], item);
  return at === -1 ? [...list, merged] : list.with(at, merged);
}

function mergeList(field: string, target: unknown, patch: unknown[], order: unknown): unknown[] {
  if (patch.some((item) => isObject(item) && item['$patch'] === 'replace')) {
    return patch.filter((item) => !isObject(item) || item['$patch'] !== 'replace');
  }
  const present = Array.isArray(target) ? target : [];
  if (field === 'finalizers') return [...new Set([...present, ...patch])];
  const key = mergeKeyOf(field, patch) ?? mergeKeyOf(field, present);
  if (key === undefined) return patch;
  const merged = patch.reduce((list: unknown[], item) => mergeItem(list, key, item), present);
  return reordered(merged, key, order);
}

function withoutDirectives(patch: Json): Json {
  return Object.fromEntries(Object.entries(patch).filter(([key]) => !key.startsWith('$')));
}

function retainOnly(target: Json, retained: unknown): Json {
  if (!Array.isArray(retained)) return { ...target };
  return Object.fromEntries(Object.entries(target).filter(([key]) => retained.includes(key)));
}

function mergeField(merged: Json, key: string, patch: Json): void {
  const value = patch[key];
  const gone = /^\$deleteFromPrimitiveList\/(.+)$/.exec(key)?.[1];
  if (gone !== undefined) merged[gone] = withoutItems(merged[gone], value);
  if (key.startsWith('$')) return;
  if (value === null) delete merged[key];
  else if (Array.isArray(value))
    merged[key] = mergeList(key, merged[key], value, patch[`$setElementOrder/${key}`]);
  else merged[key] = strategicPatch(merged[key], value);
}

/** Kubernetes' strategic merge: as a merge patch, but lists with a merge key are merged item by item. */
export function strategicPatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  if (patch['$patch'] === 'replace') return withoutDirectives(patch);
  const merged = retainOnly(isObject(target) ? target : {}, patch['$retainKeys']);
  for (const key of Object.keys(patch)) mergeField(merged, key, patch);
  return merged;
}

function withoutItems(list: unknown, items: unknown): unknown {
  return Array.isArray(list) && Array.isArray(items) ? list.filter((item) => !items.includes(item)) : list;
}

function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw badRequest('a JSON patch must be an array of operations');
  const patched = structuredClone(target);
  const failed = applyPatch(patched, patch as Operation[]).find((error) => error !== null);
  if (failed !== undefined) {
    throw new ApiStatusError(
      422,
      'Invalid',
      `the server rejected our request due to an error in our request: ${failed.message}`,
    );
  }
  return patched;
}

/** The object after a patch of the given content type. Throws 501 for server-side apply, 415 for unknown types. */
export function applyPatchOf(contentType: string, target: unknown, patch: unknown): unknown {
  switch (contentType.split(';')[0]?.trim()) {
    case 'application/json-patch+json':
      return jsonPatch(target, patch);
    case 'application/merge-patch+json':
      return mergePatch(target, patch);
    case 'application/strategic-merge-patch+json':
      return strategicPatch(target, patch);
    case 'application/apply-patch+yaml':
      throw notImplemented('server-side apply');
    default:
      throw new ApiStatusError(
        415,
        'UnsupportedMediaType',
        `the body of the request was in an unknown format: ${contentType}`,
      );
  }
}
