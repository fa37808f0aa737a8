import type { ServerResponse } from 'node:http';
import { ApiStatusError, apiVersionOf, type Change, type KubeObject, type Resource } from '#store';
import { wantsTable, type ApiContext, type ApiRequest, type Reply } from './reply.ts';
import { scopeOf } from './scope.ts';
import { tableOf } from './tables/table-of.ts';
import type { Target } from './target.ts';

const bookmarkEveryMs = 60_000;
const defaultTimeoutSeconds = 30 * 60;
/** A client that reads slower than this many bytes behind is cut off; it lists again and goes on. */
const backlogLimit = 16 * 1024 * 1024;

function bookmark(resource: Resource, resourceVersion: string, initialEnd: boolean): KubeObject {
  const annotations = initialEnd ? { 'k8s.io/initial-events-end': 'true' } : undefined;
  const metadata = { resourceVersion, creationTimestamp: null, annotations };
  return { kind: resource.kind, apiVersion: apiVersionOf(resource), metadata } as unknown as KubeObject;
}

/** Shapes the objects of a watch: as they are, or as one-row tables that carry the columns once. */
function shaper(
  context: ApiContext,
  { kind }: Resource,
  request: ApiRequest,
): (object: KubeObject) => object {
  if (!wantsTable(request)) return (object) => object;
  const include = request.query.get('includeObject') ?? 'Metadata';
  let withColumns = true;
  return (object) => {
    const query = { kind, include, nowMs: context.now(), withColumns };
    withColumns = false;
    return tableOf([object], object.metadata.resourceVersion ?? '', query);
  };
}

function wantsInitial({ query }: ApiRequest): boolean {
  return query.get('sendInitialEvents') === 'true';
}

/** Starts the watch; the error, when its version is too old: it is told inside the stream, as Kubernetes does. */
function start(
  { store }: ApiContext,
  target: Target,
  request: ApiRequest,
  listener: (change: Change) => void,
): (() => void) | ApiStatusError {
  const since = wantsInitial(request) ? undefined : (request.query.get('resourceVersion') ?? undefined);
  try {
    return store.watch(target.resource.kind, { ...scopeOf(target, request), since }, listener);
  } catch (error) {
    if (error instanceof ApiStatusError) return error;
    throw error;
  }
}

function follow(context: ApiContext, target: Target, request: ApiRequest, response: ServerResponse): void {
  const { store } = context;
  const { query } = request;
  const shape = shaper(context, target.resource, request);
  const send = (type: string, object: object): void => {
    response.write(`${JSON.stringify({ type, object })}\n`);
    if (response.writableLength > backlogLimit) response.destroy();
  };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  const stop = start(context, target, request, ({ type, object }) => send(type, shape(object)));
  if (stop instanceof ApiStatusError) {
    send('ERROR', stop.toStatus());
    response.end();
    return;
  }
  const mark = (end: boolean): void =>
    send('BOOKMARK', bookmark(target.resource, store.resourceVersion, end));
  if (wantsInitial(request)) mark(true);
  const bookmarks =
    query.get('allowWatchBookmarks') === 'true' ? setInterval(mark, bookmarkEveryMs, false) : undefined;
  const timeoutMs = Number(query.get('timeoutSeconds') || defaultTimeoutSeconds) * 1000;
  const timeout = setTimeout(() => response.end(), timeoutMs);
  response.once('close', () => {
    stop();
    clearInterval(bookmarks);
    clearTimeout(timeout);
  });
}

/** A watch as JSON lines, from `resourceVersion` on, until `timeoutSeconds` are over or the client leaves. */
export function watchReply(context: ApiContext, target: Target, request: ApiRequest): Reply {
  scopeOf(target, request);
  return { stream: (response) => follow(context, target, request, response) };
}
