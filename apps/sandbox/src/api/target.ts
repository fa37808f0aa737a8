import { notImplemented, resources, type Resource } from '#store';

/** The object, list or part of an object that a path names. */
export interface Target {
  resource: Resource;
  namespace?: string;
  name?: string;
  /** `status`, `scale`, `log`, ...; what follows it is not looked at. */
  subresource?: string;
}

const namespaceParts = ['status', 'finalize'];

function split(segments: string[]): {
  namespace?: string;
  plural: string;
  name?: string;
  subresource?: string;
} {
  const [first = '', second, third, fourth, fifth] = segments;
  if (
    first === 'namespaces' &&
    second !== undefined &&
    third !== undefined &&
    !namespaceParts.includes(third)
  ) {
    return { namespace: second, plural: third, ...named(fourth, fifth) };
  }
  return { plural: first, ...named(second, third) };
}

function named(
  name: string | undefined,
  subresource: string | undefined,
): Pick<Target, 'name' | 'subresource'> {
  return { name, subresource };
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
  const { plural, ...place } = split(rest);
  const resource = resources.find(
    (one) => one.group === group && one.version === version && one.plural === plural,
  );
  if (resource === undefined)
    throw notImplemented(`resource ${plural} of ${group === '' ? '' : `${group}/`}${version}`);
  return { resource, ...place };
}
