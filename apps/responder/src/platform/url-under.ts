/** An address below a base, which may end in a slash or not. */
export function urlUnder(base: string, path: string): string {
  return `${base.replace(/\/+$/, '')}/${path}`;
}
