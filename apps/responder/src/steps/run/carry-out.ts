import { setTimeout as pause } from 'node:timers/promises';
import { evictable } from '../live-view.ts';
import { checkPipeline, runPipeline, type Runner } from '../pipeline/run-pipeline.ts';
import type { StepsCluster } from '../ports.ts';
import type { Change } from '../prepare/change.ts';

/** How a change went, apart from what the cluster shows afterwards. */
export interface CarriedOut {
  readonly how: 'kubectl' | 'typed call';
  readonly ok: boolean;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CarryOut {
  readonly change: Change;
  readonly pipeline: readonly (readonly string[])[];
  readonly namespace: string;
  readonly limitMs: number;
  /** The cluster user whose rights count; null: our own. */
  readonly as: string | null;
  /** Takes the output as it comes. */
  readonly onText?: ((text: string) => void) | undefined;
  /** Aborting ends the command, also when the post-check already holds. */
  readonly signal: AbortSignal;
}

/** Carries out one change, by kubectl where the machine has it and by typed calls where not. Does not throw. */
export async function carryOut(runner: Runner, cluster: StepsCluster, what: CarryOut): Promise<CarriedOut> {
  const checked = checkPipeline(runner, asUser(what));
  if (checked.problem === undefined) {
    const result = await runPipeline(runner, checked, {
      limitMs: what.limitMs,
      signal: what.signal,
      onText: what.onText,
    });
    const { stdout, stderr, exitCode, end } = result;
    const note = end.kind === 'timed-out' ? `\nended at its limit of ${what.limitMs / 1000} s` : '';
    return {
      how: 'kubectl',
      ok: end.kind === 'exited' && end.exitCode === 0,
      exitCode,
      stdout,
      stderr: stderr + note,
    };
  }
  try {
    const answer = await typed(cluster, what, checked.problem);
    return { how: 'typed call', exitCode: null, stderr: '', ...answer };
  } catch (error) {
    return { how: 'typed call', ok: false, exitCode: null, stdout: '', stderr: (error as Error).message };
  }
}

/** kubectl acts for somebody else by `--as`; other programs know no such user. */
function asUser({ pipeline, as }: CarryOut): CarryOut['pipeline'] {
  const [first = [], ...rest] = pipeline;
  return as === null || first[0] !== 'kubectl'
    ? pipeline
    : [['kubectl', `--as=${as}`, ...first.slice(1)], ...rest];
}

function said({ ok, text }: { readonly ok: boolean; readonly text: string }): {
  ok: boolean;
  stdout: string;
} {
  return { ok, stdout: `${text}\n` };
}

async function typed(
  cluster: StepsCluster,
  what: CarryOut,
  problem: string,
): Promise<{ ok: boolean; stdout: string }> {
  const { change, signal, as } = what;
  switch (change.kind) {
    case 'cordon':
      return said(await cluster.cordon(change.node, { signal, as }));
    case 'uncordon':
      return said(await cluster.uncordon(change.node, { signal, as }));
    case 'rollout-restart':
      return said(
        await cluster.rolloutRestart(
          { ...change.workload, namespace: change.workload.namespace ?? what.namespace },
          { signal, as },
        ),
      );
    case 'drain':
      return typedDrain(cluster, change.node, what);
    case 'rollout-undo':
    case 'memory-limit':
    case 'delete-policy':
    case 'other':
      return { ok: false, stdout: `not run: ${problem}, and there is no typed call for it\n` };
    default:
      return change satisfies never;
  }
}

/** Cordon, then the eviction API for each pod: 429 waits, anything else unexpected stops. Never deletes. */
async function typedDrain(
  cluster: StepsCluster,
  node: string,
  { signal, limitMs, as }: CarryOut,
): Promise<{ ok: boolean; stdout: string }> {
  const until = performance.now() + limitMs;
  const lines: string[] = [];
  let state: Round = 'moved';
  try {
    const cordoned = await cluster.cordon(node, { signal, as });
    lines.push(cordoned.text);
    if (!cordoned.ok) state = 'stopped';
    while (state === 'moved' || state === 'waits') {
      state = performance.now() > until ? 'stopped' : await evictRound(cluster, node, { lines, signal, as });
      if (state !== 'done') await pause(state === 'waits' ? 2000 : 250, undefined, { signal });
    }
  } catch (error) {
    // What was done until then is kept: it is evidence of a change.
    lines.push(signal.aborted ? 'ended' : (error as Error).message);
  }
  return { ok: state === 'done', stdout: `${lines.join('\n')}\n` };
}

/** `waits`: a disruption budget says later. */
type Round = 'moved' | 'waits' | 'done' | 'stopped';

async function evictRound(
  cluster: StepsCluster,
  node: string,
  { lines, signal, as }: Pick<CarryOut, 'signal' | 'as'> & { readonly lines: string[] },
): Promise<Round> {
  const left = evictable(await cluster.podsOnNode(node, signal)).filter((pod) => pod.deletionAt === null);
  let state: Round = left.length === 0 ? 'done' : 'moved';
  for (const { namespace, name } of left) {
    const { ok, status, text } = await cluster.evict({ namespace, name }, { signal, as });
    lines.push(text);
    if (!ok && status !== 429 && status !== 404) return 'stopped';
    if (status === 429) state = 'waits';
  }
  return state;
}
