import { ApiStatusError, notImplemented } from '#store';
import { actingParts, authenticate, authorize, authorizePath, type Account } from './accounts.ts';
import { answerComputed } from './computed.ts';
import { discovery, versionInfo } from './discovery.ts';
import { evict } from './eviction.ts';
import { answerObjects } from './objects.ts';
import { openApi } from './openapi.ts';
import { answerLog } from './pod-log.ts';
import {
  isWatch,
  notAllowed,
  ok,
  type ApiContext,
  type ApiRequest,
  type Handler,
  type Reply,
} from './reply.ts';
import { answerScale } from './scale.ts';
import { servedResources } from './served-resources.ts';
import { answerAttach, answerExec, answerPortForward } from './streams/remote-command.ts';
import { targetOf, type Target } from './target.ts';

const verbs: Record<string, string> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };

function verbOf(request: ApiRequest, { name, subresource = '' }: Target): string {
  const { method } = request;
  if (actingParts.includes(subresource)) return 'create';
  if (method !== 'GET') return verbs[method] ?? method.toLowerCase();
  if (isWatch(request)) return 'watch';
  return name === undefined ? 'list' : 'get';
}

const podParts: Record<string, Handler> = { 'GET log': answerLog, 'POST eviction': evict };

/** Parts that become a WebSocket; a POST is a client that wants SPDY, and is told. */
const podStreams: Record<string, Handler> = {
  attach: answerAttach,
  exec: answerExec,
  portforward: answerPortForward,
};

const answerPart: Handler = (context, target, request) => {
  const { resource, subresource = '' } = target;
  if (subresource === 'status' && resource.hasStatus) return answerObjects(context, target, request);
  if (subresource === 'scale' && resource.hasScale) return answerScale(context, target, request);
  const part =
    resource.kind === 'Pod'
      ? (podStreams[subresource] ?? podParts[`${request.method} ${subresource}`])
      : undefined;
  if (part === undefined) throw notAllowed(request, target);
  return part(context, target, request);
};

function health(path: string, verbose: boolean): Reply {
  const body = verbose ? `[+]ping ok\n${path.slice(1).split('/')[0]} check passed\n` : 'ok';
  return { code: 200, body, contentType: 'text/plain; charset=utf-8' };
}

function answerPath(context: ApiContext, request: ApiRequest): Reply {
  const { path, query } = request;
  if (path === '/version') return ok(versionInfo);
  if (/^\/(healthz|livez|readyz)(\/|$)/.test(path)) return health(path, query.has('verbose'));
  const found = discovery(servedResources(context), path) ?? openApi(path);
  if (found !== undefined) return ok(found);
  // Kubernetes says 404 for a group it does not serve; that is how clients learn that there are no metrics.
  if (/^\/apis\/[^/]+(\/[^/]+)?$/.test(path)) {
    throw new ApiStatusError(404, 'NotFound', 'the server could not find the requested resource', {});
  }
  throw notImplemented(`${request.method} ${path}`);
}

const endpointsWarning =
  '299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"';

async function answerTarget(
  context: ApiContext,
  account: Account,
  target: Target,
  request: ApiRequest,
): Promise<Reply> {
  authorize(account, verbOf(request, target), target);
  const { name, subresource, resource } = target;
  const reply =
    name !== undefined && subresource !== undefined
      ? await answerPart(context, { ...target, name }, request)
      : answerObjects(context, target, request);
  return resource.kind === 'Endpoints' ? { ...reply, warning: endpointsWarning } : reply;
}

/** Answers one request: who is it, may they, what is it about. Refusals are thrown as `ApiStatusError`. */
export async function dispatch(context: ApiContext, request: ApiRequest): Promise<Reply> {
  const account = authenticate(context.adminToken, request.headers);
  const path = request.path.replace(/(.)\/+$/, '$1');
  const computed = await answerComputed(context, account, { ...request, path });
  if (computed !== undefined) return computed;
  if (Buffer.isBuffer(request.body)) {
    const found = request.headers['content-type'] ?? '';
    const known =
      'the body of the request was in an unknown format - accepted media types include: application/json';
    throw new ApiStatusError(415, 'UnsupportedMediaType', `${known}; found ${found}`);
  }
  const target = targetOf(path);
  if (target !== undefined) return answerTarget(context, account, target, request);
  authorizePath(account, path);
  return answerPath(context, { ...request, path });
}
