import type { ServerResponse } from 'node:http';
import { ApiStatusError, badRequest, type ContainerStatus, type Pod } from '#store';
import type { LogOptions } from './ports.ts';
import type { ApiContext, ApiRequest, Reply } from './reply.ts';
import type { Target } from './target.ts';

const kubeletPort = 10250;

function amount(query: URLSearchParams, key: string): number | undefined {
  const text = query.get(key);
  if (text === null) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw badRequest(`${key}: expected a whole number of at least 0, found ${JSON.stringify(text)}`);
  return value;
}

function optionsOf(query: URLSearchParams): LogOptions {
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

function containerOf({ metadata, spec }: Pod, asked: string | null): string {
  const names = [...spec.containers, ...(spec.initContainers ?? [])].map(({ name }) => name);
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

function statusOf({ status = {} }: Pod, container: string): Partial<ContainerStatus> {
  const statuses = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
  return statuses.find(({ name }) => name === container) ?? {};
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

/** Waits for `work`, at most `limitMs`; then fails as a connection attempt does. */
async function within<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('i/o timeout'), { code: 'ETIMEDOUT' })), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function pump(
  output: AsyncIterator<string | Uint8Array>,
  first: IteratorResult<string | Uint8Array>,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.flushHeaders();
  for (let part = first; !part.done && !response.destroyed; part = await output.next()) {
    if (response.write(part.value)) continue;
    await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
  }
  response.end();
}

async function open(
  context: ApiContext,
  pod: Pod,
  container: string,
  options: LogOptions,
): Promise<AsyncIterator<string | Uint8Array>> {
  const output = await within(
    Promise.resolve(context.ports.logs.read(pod, container, options)),
    context.kubeletTimeoutMs,
  );
  return output[Symbol.asyncIterator]();
}

/** The output of a container. A node that does not answer costs this request a 500, and nobody else anything. */
export async function answerLog(
  context: ApiContext,
  target: Target & { name: string },
  { query }: ApiRequest,
): Promise<Reply> {
  const pod = context.store.require('Pod', target);
  const container = containerOf(pod, query.get('container'));
  const options = optionsOf(query);
  checkStarted(pod, container, options.previous);
  try {
    const output = await open(context, pod, container, options);
    // A follower may rightly wait long for its first line; everybody else gets what there is, soon.
    const first = options.follow
      ? ({ done: false, value: '' } as const)
      : await within(output.next(), context.kubeletTimeoutMs);
    return {
      stream: async (response) => {
        response.once('close', () => void output.return?.());
        await pump(output, first, response);
      },
    };
  } catch (error) {
    if (error instanceof ApiStatusError) throw error;
    const why = unreachable.get((error as NodeJS.ErrnoException).code ?? '');
    throw kubeletError(pod, container, query, why ?? (error as Error).message);
  }
}
