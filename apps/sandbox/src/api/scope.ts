import { parseFieldSelector, parseLabelSelector, type Scope } from '#store';
import type { ApiRequest } from './reply.ts';
import type { Target } from './target.ts';

/** The part of a kind's objects that a request asks for. Throws 400 for selectors that cannot be read. */
export function scopeOf({ resource, namespace, name }: Target, { query }: ApiRequest): Scope {
  const fields = parseFieldSelector(resource.kind, query.get('fieldSelector') ?? '');
  const own = name === undefined ? [] : parseFieldSelector(resource.kind, `metadata.name=${name}`);
  return {
    namespace,
    labels: parseLabelSelector(query.get('labelSelector') ?? ''),
    fields: [...fields, ...own],
  };
}
