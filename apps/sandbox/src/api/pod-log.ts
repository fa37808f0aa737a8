import { pipeline } from 'node:stream/promises';
import { ApiStatusError, badRequest, type ContainerStatus, type Pod } from '#store';
import type { LogOptions } from './ports.ts';
import type { Handler, Reply } from './reply.ts';

const kubeletPort = 10250;

function amount(query: URLSearchParams, key: string): number | undefined {
  const text = query.get(key);
  if (text === null) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw badRequest(`${key}: expected a whole number of at least 0, found ${JSON.stringify(text)}`);
  return value;
}

function optionsOf(query: URLSearchParams): Omit<LogOptions, 'signal'> {
  const numbers = ['tailLines', 'sinceSeconds', 'limitBytes'].map(
    (key) => [key, amount(query, key)] as const,
  );
  const sinceTime = query.get('sinceTime');
  return {
    previous: query.get('previous') === 'true',
    follow: query.get('follow') === 'true',
    timestamps: query.get('timestamps') === 'true',
    ...Object.fromEntries(numbers.filter(([, value]) => value !== undefined)),
    ...(sinceTime !== null && { sinceTime }),
  };
}

/** The container that a request is for: the one asked, or the only one. Throws 400 for any other choice. */
export function containerOf({ metadata, spec }: Pod, asked: string | null): string {
  const names = spec.containers.map(({ name }) => name);
  if (asked !== null) {
    if (names.includes(asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${metadata.name}`);
  }
  const [first = ''] = names;
  if (names.length === 1) return first;
  const choice = spec.containers.map(({ name }) => name).join(' ');
  throw badRequest(`a container name must be specified for pod ${metadata.name}, choose one of: [${choice}]`);
}

const waitingFor = new Map([
  ['ErrImagePull', 'trying and failing to pull image'],
  ['ImagePullBackOff', 'trying and failing to pull image'],
]);

function statusOf({ status }: Pod, container: string): Partial<ContainerStatus> {
  return status?.containerStatuses?.find(({ name }) => name === container) ?? {};
}

/** Throws what the kubelet says of a container that has nothing to show. */
function checkStarted(pod: Pod, container: string, previous: boolean): void {
  const { name } = pod.metadata;
  if (pod.spec.nodeName === undefined) throw badRequest(`pod ${name} does not have a host assigned`);
  const { state, lastState } = statusOf(pod, container);
  if (lastState?.terminated) return;
  if (previous) throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  if (state?.waiting === undefined) return;
  const { reason = 'ContainerCreating' } = state.waiting;
  const why = waitingFor.get(reason) ?? reason;
  throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${why}`);
}

const unreachable = new Map([
  ['ECONNREFUSED', 'connect: connection refused'],
  ['EHOSTUNREACH', 'connect: no route to host'],
  ['ETIMEDOUT', 'i/o timeout'],
]);

/** The error of an API server that cannot reach the kubelet, as recorded. */
function kubeletError(pod: Pod, container: string, query: URLSearchParams, why: string): ApiStatusError {
  const { name, namespace } = pod.metadata;
  const host = `${pod.status?.hostIP ?? pod.spec.nodeName}:${kubeletPort}`;
  const rest = new URLSearchParams([...query].filter(([key]) => key !== 'container')).toString();
  const url = `https://${host}/containerLogs/${namespace}/${name}/${container}${rest === '' ? '' : `?${rest}`}`;
  return new ApiStatusError(500, '', `Get "${url}": dial tcp ${host}: ${why}`);
}

type Output = AsyncIterator<string | Uint8Array>;

/** One reading: how long a node may take for each part, and the way to tell it that nobody waits any more. */
interface Reading {
  limitMs: number;
  stop: AbortController;
}

/** Waits for `work`, at most the reading's limit; then gives the reading up and fails as a connection does. */
async function within<T>(work: T | Promise<T>, { limitMs, stop }: Reading): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error('i/o timeout'), { code: 'ETIMEDOUT' }));
      stop.abort();
    }, limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A stream of the output, which ends when the client leaves. Followed, it goes on as lines come; else its first part is
 * waited for, so that a node which hangs can still be a 500.
 */
async function streamed(output: Output, follow: boolean, reading: Reading): Promise<Reply> {
  const next = () => (follow ? output.next() : within(output.next(), reading));
  const first = follow ? undefined : await next();
  async function* parts(): AsyncGenerator<string | Uint8Array> {
    for (let part = first ?? (await next()); part.done !== true; part = await next()) yield part.value;
  }
  return {
    stream: async (response) => {
      response.once('close', () => reading.stop.abort());
      response.once('close', () => void output.return?.());
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.flushHeaders();
      await pipeline(parts(), response);
    },
  };
}

/** The output of a container. A node that does not answer costs this request a 500, and nobody else anything. */
export const answerLog: Handler = async (context, target, { query }) => {
  const pod = context.store.require('Pod', target);
  const container = containerOf(pod, query.get('container'));
  const stop = new AbortController();
  const options: LogOptions = { ...optionsOf(query), signal: stop.signal };
  const reading: Reading = { limitMs: context.kubeletTimeoutMs, stop };
  checkStarted(pod, container, options.previous);
  try {
    const lines = await within(context.ports.logs.read(pod, container, options), reading);
    const output = lines[Symbol.asyncIterator]();
    return await streamed(output, options.follow, reading);
  } catch (error) {
    if (error instanceof ApiStatusError) throw error;
    const why = unreachable.get((error as NodeJS.ErrnoException).code ?? '');
    throw kubeletError(pod, container, query, why ?? (error as Error).message);
  }
};
