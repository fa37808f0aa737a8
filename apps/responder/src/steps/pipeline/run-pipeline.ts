import type { Filter } from '../filters/filter.ts';
import { parseFilter } from '../filters/parse-filter.ts';
import { isProgramName, programNames, type ProgramName, type Programs } from './allowed-programs.ts';
import { Capture } from './capture.ts';
import { cleanEnvironment, type ApiServer } from './clean-environment.ts';
import { chainFilters } from './filter-chain.ts';
import type { Limiter } from './limiter.ts';
import { runProcess, type ProcessEnd } from './run-process.ts';

/** Where programs are, what they may see, and how many run at once. */
export interface Runner {
  readonly programs: Programs;
  readonly kubeconfig: string | null;
  /** Used by kubectl without a kubeconfig: inside a pod. */
  readonly apiServer: ApiServer | null;
  /** An empty folder: home and working directory of every program. */
  readonly home: string;
  readonly limiter: Limiter;
  /** What only looks around leaves the processor to pages, and to changes and their dry runs. */
  readonly yields: boolean;
}

export interface RunOptions {
  readonly limitMs: number;
  /** With its turn waited for: what waited long gets less, but 3 s at least. Without it, waiting costs nothing. */
  readonly withinMs?: number | undefined;
  readonly signal: AbortSignal;
  /** Takes the output, filtered, as it comes. */
  readonly onText?: ((text: string) => void) | undefined;
  /** How much of the output is kept, bytes; 1 MB by default. */
  readonly keepBytes?: number;
}

/** What one pipeline gave. `exitCode` is the last command's; `end` is how its program ended. */
export interface RunResult {
  readonly end: ProcessEnd;
  /** How long it was given, milliseconds. */
  readonly limitMs: number;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly bytes: number;
  readonly droppedBytes: number;
}

/** A pipeline that can run here, or why it cannot. */
export type CheckedPipeline =
  | {
      readonly program: ProgramName;
      readonly file: string;
      readonly args: readonly string[];
      readonly filters: readonly (readonly string[])[];
      readonly problem?: undefined;
    }
  | { readonly problem: string };

/** A pipeline that has passed the check. */
export type RunnablePipeline = Extract<CheckedPipeline, { readonly file: string }>;

/** Bytes a program may write before it is ended: `sort` and `tail` must not fill the memory. */
const inputLimitBytes = 64 * 1024 * 1024;

/** Checks a pipeline against the allow-list before anything is started. */
export function checkPipeline(runner: Runner, pipeline: readonly (readonly string[])[]): CheckedPipeline {
  const [first = [], ...filters] = pipeline;
  const [name = '', ...args] = first;
  if (!isProgramName(name))
    return { problem: `program "${name}" is not allowed; expected one of ${programNames.join(', ')}` };
  const file = runner.programs[name];
  if (file === null) return { problem: `${name} is not installed on this machine` };
  if (pipeline.flat().some((arg) => arg.includes('\0'))) return { problem: 'an argument holds a NUL byte' };
  for (const argv of filters) {
    const parsed = parseFilter(argv);
    if (parsed.problem !== undefined) return { problem: parsed.problem };
  }
  return { program: name, file, args, filters };
}

/** The filters of a checked pipeline, fresh: each holds the state of one run. */
export function freshFilters(filters: readonly (readonly string[])[]): readonly Filter[] {
  return filters.flatMap((argv) => parseFilter(argv).filter ?? []);
}

/** Only kubectl is told of the cluster: by a kubeconfig, or by where the API of its pod's cluster is. */
function reachOf(
  { kubeconfig, apiServer }: Runner,
  program: ProgramName,
): Pick<Runner, 'kubeconfig' | 'apiServer'> {
  if (program !== 'kubectl') return { kubeconfig: null, apiServer: null };
  return { kubeconfig, apiServer: kubeconfig === null ? apiServer : null };
}

/** Runs one program through in-process filters, bounded in time and output. Never throws for what the program does. */
export async function runPipeline(
  runner: Runner,
  pipeline: RunnablePipeline,
  options: RunOptions,
): Promise<RunResult> {
  const kept = new Capture(options.keepBytes);
  const chain = chainFilters(freshFilters(pipeline.filters), (text) => {
    kept.add(Buffer.from(text));
    options.onText?.(text);
  });
  let inputBytes = 0;
  let limitMs = options.limitMs;
  const result = await runner.limiter.run((waitedMs) => {
    limitMs = limitAfter(waitedMs, options);
    return runProcess({
      file: pipeline.file,
      args: pipeline.args,
      env: cleanEnvironment({
        program: pipeline.file,
        home: runner.home,
        ...reachOf(runner, pipeline.program),
      }),
      cwd: runner.home,
      limitMs,
      yields: runner.yields,
      signal: options.signal,
      onOutput: (chunk) => {
        inputBytes += chunk.length;
        return inputBytes > inputLimitBytes ? 'done' : chain.push(chunk);
      },
    });
  });
  const filterExit = chain.end();
  const ownExit = result.end.kind === 'exited' ? result.end.exitCode : null;
  const { text, bytes, droppedBytes } = kept.result();
  return {
    end: result.end,
    limitMs,
    exitCode: pipeline.filters.length > 0 ? filterExit : ownExit,
    stdout: text,
    stderr: inputBytes > inputLimitBytes ? `${result.stderr}\nended after 64 MB of output\n` : result.stderr,
    bytes,
    droppedBytes,
  };
}

const leastMs = 3000;

function limitAfter(waitedMs: number, { limitMs, withinMs = Infinity }: RunOptions): number {
  return Math.min(limitMs, Math.max(leastMs, withinMs - waitedMs));
}
