import { HttpMethod, KubeConfig, RequestContext, Watch } from '@kubernetes/client-node';
import { AppError } from '#platform';
import { request, type Dispatcher } from 'undici';
import { KubeApiError } from './kube-api-error.ts';

/** One call of the Kubernetes API. */
export interface KubeCall {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path with leading slash, without query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
  /** With this user's rights instead of our own. */
  readonly as?: string;
  /** Own limit of the call, milliseconds; 8 s when not given. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface WatchHandlers {
  onEvent(type: string, object: unknown): void;
  /** The stream has ended; `error` is null when the server closed it in order. */
  onEnd(error: unknown): void;
}

/** Calls with the credentials of a kubeconfig. A refusal is a KubeApiError; a lost connection is the client's own error. */
export interface KubeApi {
  readonly server: string;
  text(call: KubeCall): Promise<string>;
  json<T>(call: KubeCall): Promise<T>;
  /** Resolves to a function that ends the watch. */
  watch(path: string, query: Readonly<Record<string, string>>, handlers: WatchHandlers): Promise<() => void>;
  close(): Promise<void>;
}

const defaultTimeoutMs = 8000;

function loadKubeConfig(path: string | undefined): KubeConfig {
  const config = new KubeConfig();
  try {
    if (path === undefined) config.loadFromCluster();
    else config.loadFromFile(path);
  } catch (cause) {
    const place = path ?? 'service account of the pod';
    throw new AppError(
      'invalid',
      `${place}: cannot be used as a kubeconfig: ${(cause as Error).message}; expected a kubeconfig file`,
      { cause },
    );
  }
  if (config.getCurrentCluster() === null)
    throw new AppError(
      'invalid',
      `${path ?? 'kubeconfig'}: has no current context; expected one that exists`,
    );
  return config;
}

function urlOf(server: string, call: KubeCall): URL {
  const url = new URL(server.replace(/\/$/, '') + call.path);
  for (const [key, value] of Object.entries(call.query ?? {}))
    if (value !== undefined) url.searchParams.set(key, String(value));
  return url;
}

function limitOf(call: KubeCall): AbortSignal {
  const limit = AbortSignal.timeout(call.timeoutMs ?? defaultTimeoutMs);
  return call.signal === undefined ? limit : AbortSignal.any([limit, call.signal]);
}

function headersOf(call: KubeCall): Record<string, string> {
  return {
    accept: call.accept ?? 'application/json',
    ...(call.as === undefined ? {} : { 'impersonate-user': call.as }),
    ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
  };
}

/** Opens the API of the kubeconfig's current context; without a path, that of the pod it runs in. Throws AppError. */
export function createKubeApi(kubeconfigPath?: string): KubeApi {
  const config = loadKubeConfig(kubeconfigPath);
  const server = config.getCurrentCluster()?.server ?? '';
  const watch = new Watch(config);
  let shared: Dispatcher | undefined;

  async function text(call: KubeCall): Promise<string> {
    const method = call.method ?? 'GET';
    const url = urlOf(server, call);
    const context = new RequestContext(url.toString(), HttpMethod[method]);
    await config.applySecurityAuthentication(context);
    // The client makes a dispatcher for every call; the first one is kept, so that calls share connections.
    shared ??= context.getDispatcher() as Dispatcher | undefined;
    const answer = await request(url, {
      method,
      headers: { ...context.getHeaders(), ...headersOf(call) },
      signal: limitOf(call),
      ...(shared === undefined ? {} : { dispatcher: shared }),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    const body = await answer.body.text();
    if (answer.statusCode >= 400) throw KubeApiError.from(method, call.path, answer.statusCode, body);
    return body;
  }

  return {
    server,
    text,
    json: async <T>(call: KubeCall) => JSON.parse(await text(call)) as T,
    watch: async (path, query, handlers) => {
      const controller = await watch.watch(path, query, handlers.onEvent, handlers.onEnd);
      return () => controller.abort();
    },
    close: async () => {
      await shared?.destroy();
    },
  };
}
