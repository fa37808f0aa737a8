import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Histories by their seeds: from one to before another. */
interface Range {
  readonly from: number;
  readonly to: number;
}

interface SliceOptions {
  readonly seedsASlice: number;
  /** A history without a word for so long does not end. */
  readonly silenceMs: number;
  /** Says what has been played, so that an interruption loses a slice at most. */
  readonly said: (line: string) => void;
  /** What plays a range, as play-range.ts does. */
  readonly player?: string;
}

/** How many histories were played, and what happened in them. */
interface Sum {
  histories: number;
  deaths: number;
  messages: number;
}

const playRange = fileURLToPath(new URL('play-range.ts', import.meta.url));

/** Plays a range in slices, each in a process of its own, as many at once as there are processors. Throws at the first promise that is broken. */
export async function playInSlices(range: Range, options: SliceOptions): Promise<Sum> {
  const sum: Sum = { histories: 0, deaths: 0, messages: 0 };
  let next = range.from;
  const work = async (): Promise<void> => {
    while (next < range.to) {
      const slice = { from: next, to: Math.min(range.to, next + options.seedsASlice) };
      next = slice.to;
      const played = await playSlice(slice, options);
      for (const key of ['histories', 'deaths', 'messages'] as const) sum[key] += played[key];
      options.said(
        `histories ${slice.from} to ${slice.to - 1}: ${played.deaths} deaths, ${played.messages} messages`,
      );
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return sum;
}

async function playSlice(slice: Range, options: SliceOptions): Promise<Sum> {
  const sum: Sum = { histories: 0, deaths: 0, messages: 0 };
  const end = await listen(slice, options, (line) => {
    const [, deaths, messages] = line.split('\t').map(Number);
    sum.histories += 1;
    sum.deaths += deaths ?? 0;
    sum.messages += messages ?? 0;
  });
  if (end === 'fell silent') throw await notEnding(slice.from + sum.histories, options);
  if (end !== null) throw new Error(end);
  return sum;
}

/** Null at a good end, `fell silent`, or what the player said of its failure. */
async function listen(
  { from, to }: Range,
  { silenceMs, player = playRange }: SliceOptions,
  heard: (line: string) => void,
  tells: readonly string[] = [],
): Promise<string | null> {
  const child = spawn(process.execPath, [player, String(from), String(to), ...tells], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let silent = false;
  const silence = setTimeout(() => {
    silent = true;
    child.kill('SIGKILL');
  }, silenceMs);
  createInterface({ input: child.stdout }).on('line', (line) => {
    silence.refresh();
    heard(line);
  });
  const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  clearTimeout(silence);
  if (silent) return 'fell silent';
  return code === 0 ? null : complaint.trim();
}

/** Plays it again, this time told of everything before it happens. */
async function notEnding(seed: number, options: SliceOptions): Promise<Error> {
  const last: string[] = [];
  const again = await listen(
    { from: seed, to: seed + 1 },
    options,
    (line) => {
      last.push(line.trim());
      if (last.length > 12) last.shift();
    },
    ['--tell'],
  );
  const how = again === 'fell silent' ? '' : ' the first time';
  return new Error(`history ${seed}: every-history-ends: it did not end${how}\nlast: ${last.join(', ')}`);
}
