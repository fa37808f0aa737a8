import { badRequest, type Pod } from '#store';
import type { Kubelet } from './kubelet.ts';
import type { LogBuffer, LogLine } from './log-buffer.ts';

/** The wishes of Kubernetes' log subresource that decide which lines are read. */
export interface ReadLogOptions {
  previous: boolean;
  follow: boolean;
  timestamps: boolean;
  tailLines?: number;
  sinceSeconds?: number;
  sinceTime?: string;
  limitBytes?: number;
}

/**
 * Reads a container's output through the kubelet of the pod's node: hangs while that node is frozen. Throws 400 for a
 * container without output, and an error with code ECONNREFUSED when the node runs no such pod.
 */
export async function readLog(
  kubelet: Kubelet | undefined,
  pod: Pod,
  container: string,
  options: ReadLogOptions,
): Promise<AsyncGenerator<string>> {
  await kubelet?.reachable();
  const { name, namespace = 'default' } = pod.metadata;
  const record = kubelet?.worker(namespace, name)?.container(container)?.record;
  if (record === undefined) {
    throw Object.assign(new Error(`pod ${namespace}/${name} has no container on its node`), {
      code: 'ECONNREFUSED',
    });
  }
  const log = options.previous ? record.previousLog : record.log;
  if (log === undefined)
    throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  return lines(log, options);
}

/** Lines wanted from what there is, oldest first. Pure. */
export function selectLines(
  all: readonly LogLine[],
  options: ReadLogOptions,
  nowMs: number,
): readonly LogLine[] {
  const fromSeconds = options.sinceSeconds === undefined ? 0 : nowMs - options.sinceSeconds * 1_000;
  const from = Math.max(fromSeconds, options.sinceTime === undefined ? 0 : Date.parse(options.sinceTime));
  const recent = all.filter(({ at }) => Date.parse(at) >= from);
  return options.tailLines === undefined
    ? recent
    : recent.slice(Math.max(0, recent.length - options.tailLines));
}

async function* lines(log: LogBuffer, options: ReadLogOptions): AsyncGenerator<string> {
  const queue = [...selectLines(log.lines(), options, Date.now())];
  let wake = Promise.withResolvers<void>();
  let leftBytes = options.limitBytes ?? Number.POSITIVE_INFINITY;
  const unfollow = log.follow(
    (line) => {
      queue.push(line);
      wake.resolve();
    },
    () => wake.resolve(),
  );
  try {
    while (leftBytes > 0) {
      const line = queue.shift();
      if (line !== undefined) {
        const text = `${options.timestamps ? `${line.at} ` : ''}${line.text}\n`.slice(0, leftBytes);
        leftBytes -= text.length;
        yield text;
      } else if (!options.follow || log.ended) {
        return;
      } else {
        await wake.promise;
        wake = Promise.withResolvers<void>();
      }
    }
  } finally {
    unfollow();
  }
}
