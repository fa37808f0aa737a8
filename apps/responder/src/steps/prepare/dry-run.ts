import { evictable, type LiveView } from '../live-view.ts';
import { readKubectlArgv, withoutFlags } from '../kubectl-argv.ts';
import { checkPipeline, runPipeline, type Runner, type RunResult } from '../pipeline/run-pipeline.ts';
import type { StepsCluster } from '../ports.ts';
import type { Change } from './change.ts';

/** What the server says it would do. */
export interface DryRun {
  readonly ok: boolean;
  readonly text: string;
}

export interface DryRunParts {
  readonly runner: Runner;
  readonly cluster: StepsCluster;
  readonly namespace: string;
  readonly live: LiveView;
  readonly signal: AbortSignal;
  /** How long the server or the program may take, milliseconds; 8000 by default. */
  readonly limitMs?: number;
}

const usualLimitMs = 8000;
/** Verbs of kubectl that know `--dry-run=server`. */
const verbs = new Set([
  'cordon',
  'uncordon',
  'drain',
  'patch',
  'delete',
  'scale',
  'label',
  'annotate',
  'apply',
  'create',
  'replace',
  'taint',
  'set',
  'rollout undo',
]);

/** Tries a change without effect on the server; null when there is no way to. Says what was tried. */
export async function dryRun(
  change: Change,
  pipeline: readonly (readonly string[])[],
  parts: DryRunParts,
): Promise<DryRun | null> {
  const [argv = []] = pipeline;
  const verb = argv[0] === 'kubectl' ? verbOf(readKubectlArgv(argv).words) : '';
  const checked = checkPipeline(parts.runner, [dryArgv(argv, verb)]);
  if (!verbs.has(verb) || checked.problem !== undefined) return typedDryRun(change, parts);
  const { limitMs = usualLimitMs, signal } = parts;
  const result = await runPipeline(parts.runner, checked, { limitMs, signal });
  if (result.end.kind === 'timed-out')
    return (await typedDryRun(change, parts)) ?? noEnd(verb, limitMs, result);
  const ok = result.end.kind === 'exited' && result.end.exitCode === 0;
  return { ok, text: `kubectl ${verb} --dry-run=server:\n${result.stdout}${result.stderr}`.trim() };
}

/** A program that hangs says nothing of the change; the API may still answer. Where it cannot be asked, this stands. */
function noEnd(verb: string, limitMs: number, { stdout, stderr }: RunResult): DryRun {
  const text = `kubectl ${verb} --dry-run=server:\nno end within ${limitMs / 1000} s\n${stdout}${stderr}`;
  return { ok: false, text: text.trim() };
}

function verbOf([verb = '', second]: readonly string[]): string {
  return verb === 'rollout' && second === 'undo' ? 'rollout undo' : verb;
}

/** The drain's own limit is cut short: where a budget says no, its dry run would ask again until then. */
function dryArgv(argv: readonly string[], verb: string): readonly string[] {
  const rest = verb === 'drain' ? [...withoutFlags(argv, ['--timeout']), '--timeout=4s'] : argv;
  return [...rest, '--dry-run=server'];
}

async function typedDryRun(change: Change, parts: DryRunParts): Promise<DryRun | null> {
  const { cluster, namespace, limitMs = usualLimitMs, signal } = parts;
  const options = { dryRun: true, timeoutMs: limitMs, signal };
  try {
    switch (change.kind) {
      case 'cordon':
        return labelled('patch of the node', [await cluster.cordon(change.node, options)]);
      case 'uncordon':
        return labelled('patch of the node', [await cluster.uncordon(change.node, options)]);
      case 'rollout-restart':
        return labelled('patch of the pod template', [
          await cluster.rolloutRestart(
            { ...change.workload, namespace: change.workload.namespace ?? namespace },
            options,
          ),
        ]);
      case 'drain':
        return await typedDrain(change.node, parts);
      default:
        return null;
    }
  } catch (error) {
    return { ok: false, text: `dry run failed: ${(error as Error).message}` };
  }
}

async function typedDrain(
  node: string,
  { cluster, live, limitMs = usualLimitMs, signal }: DryRunParts,
): Promise<DryRun> {
  const options = { dryRun: true, timeoutMs: limitMs, signal };
  const pods = evictable(live.nodePods).filter((pod) => pod.deletionAt === null);
  const evictions = pods.map(({ namespace, name }) => cluster.evict({ namespace, name }, options));
  return labelled('patch of the node and evictions', [
    await cluster.cordon(node, options),
    ...(await Promise.all(evictions)),
  ]);
}

function labelled(what: string, answers: readonly { ok: boolean; text: string }[]): DryRun {
  const ok = answers.every((one) => one.ok);
  return { ok, text: [`server dry run by API (${what}):`, ...answers.map((one) => one.text)].join('\n') };
}
