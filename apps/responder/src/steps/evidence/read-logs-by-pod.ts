import type { PodFact } from '#facts';
import { chainFilters } from '../pipeline/filter-chain.ts';
import { Capture, keptBytes } from '../pipeline/capture.ts';
import { readKubectlArgv, withoutFlags } from '../kubectl-argv.ts';
import {
  checkPipeline,
  freshFilters,
  runPipeline,
  type CheckedPipeline,
  type Runner,
  type RunOptions,
  type RunResult,
} from '../pipeline/run-pipeline.ts';
import { seconds, type ReadResult } from './read-outcome.ts';

/** The label selector of a `kubectl logs -l` command in `namespace`, or null when it is another command. */
export function logSelector(pipeline: readonly (readonly string[])[], namespace: string): string | null {
  const [argv = []] = pipeline;
  if (argv[0] !== 'kubectl') return null;
  const { words, flags } = readKubectlArgv(argv);
  return words[0] === 'logs' && flags.get('--namespace') === namespace
    ? (flags.get('--selector') ?? null)
    : null;
}

/** True when every `key=value` of a selector is on the pod; other forms of selectors match nothing here. */
export function matchesSelector(selector: string, pod: PodFact): boolean {
  return selector.split(',').every((term) => {
    const match = /^([^=!]+)={1,2}([^=]*)$/.exec(term.trim());
    return match !== null && pod.labels[match[1] ?? ''] === match[2];
  });
}

/** Lines of each pod when the command does not say: kubectl alone would show the last 10, too few to find an error in. */
const tailLines = 2000;
/** Less than the whole read may take, so that what did answer is there in time. */
const podLimitMs = 5000;
/** A kubelet that gave no log to somebody else gets this long, and is looked at this often. */
const muteLimitMs = 1500;
const lookMs = 100;

interface PodOptions extends RunOptions {
  /** Nodes that give no logs, as known now. */
  readonly muteNodes: () => ReadonlySet<string>;
}

/**
 * Reads the logs pod by pod at once, so that a pod on a dead node costs only its own lines. The parts are joined under
 * headings and then go through the filters of the command.
 */
export async function readLogsByPod(
  runner: Runner,
  pipeline: readonly (readonly string[])[],
  pods: readonly PodFact[],
  options: PodOptions,
): Promise<ReadResult> {
  const [argv = [], ...filters] = pipeline;
  const parts = await Promise.all(
    pods.map(async (pod) => {
      const checked = checkPipeline(runner, [argvOfPod(argv, pod.name)]);
      return {
        pod,
        result: await runPart(runner, checked, pod, {
          ...options,
          limitMs: Math.min(options.limitMs, podLimitMs),
          keepBytes: Math.floor(keptBytes / pods.length),
        }),
      };
    }),
  );
  const kept = new Capture();
  const chain = chainFilters(freshFilters(filters), (text) => kept.add(Buffer.from(text)));
  for (const { pod, result } of parts) {
    // Headings pass by the filters: a grep must not lose them, nor a head count them.
    if (filters.length === 0) kept.add(Buffer.from(`==> ${pod.name} (${pod.nodeName ?? 'no node'}) <==\n`));
    chain.push(Buffer.from(result.stdout));
  }
  const exitCode = chain.end();
  const noMatch = filters.at(-1)?.[0] === 'grep' && exitCode === 1;
  const { text, bytes, droppedBytes } = kept.result();
  const lostBytes = parts.reduce((sum, { result }) => sum + result.droppedBytes, 0);
  return {
    ...judgeParts(parts, noMatch),
    mode: 'as-written',
    exitCode: filters.length > 0 ? exitCode : null,
    stdout: text,
    bytes: bytes + lostBytes,
    droppedBytes: droppedBytes + lostBytes,
  };
}

interface PodPart {
  readonly pod: PodFact;
  readonly result: Part;
}

function judgeParts(
  parts: readonly PodPart[],
  noMatch: boolean,
): Pick<ReadResult, 'outcome' | 'reason' | 'stderr'> {
  const missing = parts.filter(({ result }) => result.problem !== null);
  const some = missing.length === parts.length ? 'failed' : 'cut-off';
  return {
    outcome: missing.length === 0 ? 'ended' : some,
    reason: [
      `read pod by pod (${parts.length - missing.length} of ${parts.length} pods)`,
      ...missing.map(({ pod, result }) => `${pod.name} on ${pod.nodeName ?? 'no node'}: ${result.problem}`),
      ...(noMatch ? ['no line matches'] : []),
    ].join('; '),
    stderr: missing.map(({ pod, result }) => `${pod.name}: ${result.stderr}`).join('\n'),
  };
}

/** The same command for one pod. */
export function argvOfPod(argv: readonly string[], pod: string): readonly string[] {
  const flags = readKubectlArgv(argv).flags;
  const rest = withoutFlags(argv, [
    '-l',
    '--selector',
    '--max-log-requests',
    '--ignore-errors',
    '-f',
    '--follow',
    '--prefix',
  ]);
  const at = rest.indexOf('logs') + 1;
  const bounded = flags.has('--tail') ? [] : [`--tail=${tailLines}`];
  return [...rest.slice(0, at), pod, ...rest.slice(at), ...bounded];
}

interface Part {
  readonly stdout: string;
  readonly stderr: string;
  readonly droppedBytes: number;
  readonly problem: string | null;
}

async function runPart(
  runner: Runner,
  checked: CheckedPipeline,
  { nodeName }: PodFact,
  options: PodOptions,
): Promise<Part> {
  if (checked.problem !== undefined)
    return { stdout: '', stderr: '', droppedBytes: 0, problem: checked.problem };
  const patience = createPatience(() => nodeName !== null && options.muteNodes().has(nodeName));
  const signal = AbortSignal.any([options.signal, patience.signal]);
  const result = await runPipeline(runner, checked, { ...options, signal }).finally(patience.end);
  const newline = result.stdout === '' || result.stdout.endsWith('\n') ? '' : '\n';
  const mute = patience.signal.aborted && !options.signal.aborted;
  const problem = mute
    ? `no answer within ${seconds(muteLimitMs)}, and its kubelet gives no log of any pod`
    : problemOf(result);
  return { ...result, stdout: result.stdout + newline, problem };
}

/** Runs out once the node is known to be mute, not before a living kubelet would have answered. */
function createPatience(isMute: () => boolean): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const since = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - since >= muteLimitMs && isMute()) controller.abort();
  }, lookMs);
  return { signal: controller.signal, end: () => clearInterval(timer) };
}

function problemOf({ end, stderr, limitMs }: RunResult): string | null {
  switch (end.kind) {
    case 'exited':
      return end.exitCode === 0
        ? null
        : (stderr.trim().split('\n')[0] ?? `exit code ${end.exitCode}`).slice(0, 200);
    case 'timed-out':
      return `no answer within ${seconds(limitMs)}`;
    case 'pipe-closed':
      return null;
    case 'cancelled':
      return 'cancelled';
    case 'cannot-start':
      return end.message;
    default:
      return end satisfies never;
  }
}
