import { apiVersionOf, resources, type Resource } from '#store';

const folderOf = ({ group, version }: Resource): string =>
  group === '' ? `api/${version}` : `apis/${group}/${version}`;

const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
  name,
  in: 'query',
  schema: { type: 'string' },
}));

function pathOf(resource: Resource): [string, object] {
  const { group, version, kind } = resource;
  const place = resource.namespaced ? '/namespaces/{namespace}' : '';
  const patch = {
    parameters,
    responses: { 200: { description: 'OK' } },
    'x-kubernetes-action': 'patch',
    'x-kubernetes-group-version-kind': { group, version, kind },
  };
  return [`/${folderOf(resource)}${place}/${resource.plural}/{name}`, { patch }];
}

/**
 * OpenAPI v3 as far as `kubectl apply` asks: which query parameters a PATCH takes. It holds no schemas, so kubectl
 * leaves checking to the server and computes its patches from the types it has built in.
 */
export function openApi(path: string): object | undefined {
  if (path === '/openapi/v3') {
    const folders = [...new Set(resources.map(folderOf))];
    const paths = folders.map((folder) => [folder, { serverRelativeURL: `/openapi/v3/${folder}` }]);
    return { paths: Object.fromEntries(paths) as object };
  }
  const found = resources.filter((resource) => path === `/openapi/v3/${folderOf(resource)}`);
  const [first] = found;
  if (first === undefined) return undefined;
  const info = { title: `Tocsin sandbox ${apiVersionOf(first)}`, version: apiVersionOf(first) };
  return { openapi: '3.0.0', info, paths: Object.fromEntries(found.map(pathOf)) as object };
}
