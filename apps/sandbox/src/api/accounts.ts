import { ApiStatusError, forbidden, qualifiedName } from '#store';
import type { Target } from './target.ts';

/** Who may talk to the API. `view` may get, list and watch; `none` only the paths that everybody may read. */
export interface Account {
  /** The user name that refusals carry. */
  name: string;
  token: string;
  rights: 'admin' | 'view' | 'none';
}

const anonymous: Account = { name: 'system:anonymous', token: '', rights: 'none' };
const publicPaths = /^\/(version|healthz|livez|readyz)(\/|$)/;
const discoveryPaths = /^\/(api|apis|openapi)(\/[^/]*){0,3}$/;

/** The account behind the headers of a request. Throws 401 for a token that nobody holds. */
export function authenticate(
  accounts: Account[],
  headers: { authorization?: string | undefined; impersonated?: string | undefined },
): Account {
  const token = /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) return anonymous;
  const account = accounts.find((one) => one.token === token);
  if (account === undefined) throw new ApiStatusError(401, 'Unauthorized', 'Unauthorized');
  if (headers.impersonated === undefined || account.rights !== 'admin') return account;
  const name = headers.impersonated;
  return accounts.find((one) => one.name === name) ?? { name, token: '', rights: 'none' };
}

/** Throws 403, in Kubernetes' words, when the account may not use a path that is no object. */
export function authorizePath(account: Account, path: string): void {
  if (publicPaths.test(path) || account.rights !== 'none') return;
  if (account !== anonymous && discoveryPaths.test(path)) return;
  throw new ApiStatusError(
    403,
    'Forbidden',
    `forbidden: User "${account.name}" cannot get path "${path}"`,
    {},
  );
}

/** Throws 403, in Kubernetes' words, when the account may not do `verb` to the target. */
export function authorize(
  account: Account,
  verb: string,
  { resource, namespace, name, subresource }: Target,
): void {
  if (account.rights === 'admin') return;
  if (account.rights === 'view' && ['get', 'list', 'watch'].includes(verb)) return;
  const what = subresource === undefined ? resource.plural : `${resource.plural}/${subresource}`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const why = `User "${account.name}" cannot ${verb} resource "${what}" in API group "${resource.group}" ${where}`;
  if (subresource === undefined) throw forbidden(resource, name ?? '', why);
  const subject = name === undefined ? what : `${qualifiedName(resource)} "${name}"`;
  throw new ApiStatusError(403, 'Forbidden', `${subject} is forbidden: ${why}`, { kind: resource.plural });
}
