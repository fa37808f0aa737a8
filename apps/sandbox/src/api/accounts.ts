import { ApiStatusError, forbidden, qualifiedName } from '#store';
import type { Target } from './target.ts';

type Place = Omit<Target, 'resource'> & { resource: Pick<Target['resource'], 'group' | 'plural'> };

/** Who may talk to the API. `view` may get, list and watch all but Secrets; `none` only the paths that everybody may read. */
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

/** What is asked for, as far as rights depend on it. */
export interface Wish {
  verb: string;
  group: string;
  plural: string;
  subresource?: string | undefined;
}

/** Whether an account may do something to resources of a type. */
export function may(account: Account, { verb, group, plural, subresource = '' }: Wish): boolean {
  const { rights } = account;
  if (/^auth(entication|orization)\.k8s\.io$/.test(group) && plural.startsWith('self'))
    return account !== anonymous;
  if (rights !== 'view') return rights === 'admin';
  if (group === '' && plural === 'secrets') return false;
  return ['get', 'list', 'watch'].includes(verb) && !actingParts.includes(subresource);
}

/** Parts of a pod that let a client act in it: looking at a pod does not include them. */
export const actingParts = ['attach', 'exec', 'portforward'];

/** Throws 403, in Kubernetes' words, when the account may not do `verb` to the target. */
export function authorize(
  account: Account,
  verb: string,
  { resource, namespace, name, subresource }: Place,
): void {
  const { group, plural } = resource;
  if (may(account, { verb, group, plural, subresource })) return;
  const what = subresource === undefined ? plural : `${plural}/${subresource}`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const why = `User "${account.name}" cannot ${verb} resource "${what}" in API group "${group}" ${where}`;
  if (subresource === undefined) throw forbidden(resource, name ?? '', why);
  const subject = name === undefined ? what : `${qualifiedName(resource)} "${name}"`;
  throw new ApiStatusError(403, 'Forbidden', `${subject} is forbidden: ${why}`, { kind: plural });
}
