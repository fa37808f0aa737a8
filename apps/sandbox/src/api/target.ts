import { notImplemented, resources, type Resource } from '#store';

/** The object, list or part of an object that a path names. */
export interface Target {
  resource: Resource;
  namespace?: string | undefined;
  name?: string | undefined;
  /** `status`, `scale`, `log`, ...; what follows it is not looked at. */
  subresource?: string | undefined;
}

/** One object, or a part of it. */
export type NamedTarget = Target & { name: string };

const namespaceParts = ['status', 'finalize'];

/** What the segments behind a group and version name; a namespace is a place, unless it is the object itself. */
function placeOf([first = '', second, third, ...rest]: string[]): Omit<Target, 'resource'> & {
  plural: string;
} {
  const isPlace = first === 'namespaces' && third !== undefined && !namespaceParts.includes(third);
  if (!isPlace) return { plural: first, name: second, subresource: third };
  return { namespace: second, plural: third, name: rest[0], subresource: rest[1] };
}

/**
 * Reads `/api/v1/...` and `/apis/GROUP/VERSION/...`. Undefined for paths that name no object; throws 501 for
 * resources that the sandbox leaves out.
 */
export function targetOf(path: string): Target | undefined {
  const [root, ...after] = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeURIComponent);
  if (root !== 'api' && root !== 'apis') return undefined;
  const [group = '', version, ...rest] = root === 'api' ? ['', ...after] : after;
  if (version === undefined || rest.length === 0) return undefined;
  const { plural, ...place } = placeOf(rest);
  const resource = resources.find(
    (one) => one.group === group && one.version === version && one.plural === plural,
  );
  if (resource === undefined)
    throw notImplemented(`resource ${plural} of ${group === '' ? '' : `${group}/`}${version}`);
  return { resource, ...place };
}
