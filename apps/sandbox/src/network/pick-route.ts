/** One rule of an Ingress, flattened: which host and path lead to which Service and port. */
export interface Route {
  /** Undefined matches every host. */
  host: string | undefined;
  path: string;
  pathType: 'Exact' | 'Prefix';
  namespace: string;
  service: string;
  port: number | string;
}

/**
 * The route for a request, as the Ingress API defines it: an exact host before the catch-all, an exact path before a
 * prefix, the longest prefix first, prefixes counted by path element.
 */
export function pickRoute(routes: readonly Route[], host: string, path: string): Route | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const matching = routes.filter(
    (route) => (route.host === undefined || route.host === name) && pathMatches(route, path),
  );
  return matching.toSorted(bySpecificity)[0];
}

function pathMatches(route: Route, path: string): boolean {
  if (route.pathType === 'Exact') return path === route.path;
  const prefix = route.path.replace(/\/+$/, '');
  return path === prefix || path.startsWith(`${prefix}/`);
}

function bySpecificity(a: Route, b: Route): number {
  return rank(b) - rank(a) || b.path.length - a.path.length;
}

function rank(route: Route): number {
  return (route.host === undefined ? 0 : 2) + (route.pathType === 'Exact' ? 1 : 0);
}
