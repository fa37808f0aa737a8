/** The token behind `#` in the address, which is removed from the address and the history; empty when there is none. */
export function takeLoginToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  history.replaceState(history.state, '', location.pathname);
  return token;
}
