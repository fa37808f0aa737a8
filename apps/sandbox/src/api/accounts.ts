import type { IncomingHttpHeaders } from 'node:http';
import { ApiStatusError, forbidden, qualifiedName } from '#store';
import type { Target } from './target.ts';

type Place = Omit<Target, 'resource'> & { resource: Pick<Target['resource'], 'group' | 'plural'> };

/** Who asks. There is one administrator; everybody else may only what everybody may. */
export interface Account {
  /** The user name that refusals carry. */
  name: string;
  isAdmin: boolean;
}

const admin: Account = { name: 'kubernetes-admin', isAdmin: true };
const anonymous: Account = { name: 'system:anonymous', isAdmin: false };
const publicPaths = /^\/(version|healthz|livez|readyz)(\/|$)/;
const discoveryPaths = /^\/(api|apis|openapi)(\/[^/]*){0,3}$/;

/** The account behind the headers of a request. Throws 401 for a token other than the administrator's. */
export function authenticate(
  adminToken: string,
  { authorization = '', 'impersonate-user': impersonated }: IncomingHttpHeaders,
): Account {
  const token = /^Bearer\s+(.+)$/i.exec(authorization)?.[1];
  if (token === undefined) return anonymous;
  if (token !== adminToken) throw new ApiStatusError(401, 'Unauthorized', 'Unauthorized');
  return typeof impersonated === 'string' && impersonated !== admin.name
    ? { name: impersonated, isAdmin: false }
    : admin;
}

/** Throws 403, in Kubernetes' words, when the account may not use a path that is no object. */
export function authorizePath(account: Account, path: string): void {
  if (publicPaths.test(path) || account.isAdmin) return;
  if (account !== anonymous && discoveryPaths.test(path)) return;
  throw new ApiStatusError(
    403,
    'Forbidden',
    `forbidden: User "${account.name}" cannot get path "${path}"`,
    {},
  );
}

/** Whether an account may do something to resources of a type: all, or ask about itself. */
export function may(account: Account, { group, plural }: { group: string; plural: string }): boolean {
  const isOfOneself = /^auth(entication|orization)\.k8s\.io$/.test(group) && plural.startsWith('self');
  return account.isAdmin || (isOfOneself && account !== anonymous);
}

/** Parts of a pod that let a client act in it, however it asks for them. */
export const actingParts = ['attach', 'exec', 'portforward'];

/** Throws 403, in Kubernetes' words, when the account may not do `verb` to the target. */
export function authorize(
  account: Account,
  verb: string,
  { resource, namespace, name, subresource }: Place,
): void {
  const { group, plural } = resource;
  if (may(account, resource)) return;
  const what = subresource === undefined ? plural : `${plural}/${subresource}`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const why = `User "${account.name}" cannot ${verb} resource "${what}" in API group "${group}" ${where}`;
  if (subresource === undefined) throw forbidden(resource, name ?? '', why);
  const subject = name === undefined ? what : `${qualifiedName(resource)} "${name}"`;
  throw new ApiStatusError(403, 'Forbidden', `${subject} is forbidden: ${why}`, { kind: plural });
}
