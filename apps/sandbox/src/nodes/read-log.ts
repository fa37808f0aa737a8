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

/** The lines of a run that are wanted, as text; with `follow` also those to come, until the run is over. */
export async function* readLog(log: LogBuffer, options: ReadLogOptions): AsyncGenerator<string> {
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
