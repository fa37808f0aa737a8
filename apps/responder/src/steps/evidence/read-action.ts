import type { Action } from '@tocsin/runbook';
import { isOn, readKubectlArgv } from '../kubectl-argv.ts';
import { checkPipeline, runPipeline, type RunnablePipeline, type Runner } from '../pipeline/run-pipeline.ts';
import type { StepsCluster, StepsService } from '../ports.ts';
import { urlOf } from '../probes/find-probe.ts';
import { readEquivalent } from './read-equivalent.ts';
import { logSelector, matchesSelector, readLogsByPod } from './read-logs-by-pod.ts';
import { judgeRun, type ReadResult } from './read-outcome.ts';

/** What reads are answered with. */
export interface ReadParts {
  readonly runner: Runner;
  readonly cluster: StepsCluster;
  readonly service: StepsService;
  readonly signal: AbortSignal;
  /** Nodes that give no logs, as known now. */
  readonly muteNodes: () => ReadonlySet<string>;
  /** Takes the output as it comes. */
  readonly onText?: (text: string) => void;
}

/** The longest that one read of the document may take, whatever the document says. */
export const readLimitMs = 8000;
/** With what it waited for other reads: all evidence has ended or is cut off 15 s after the outage was detected. */
const readWithinMs = 11_000;
/** A watch shows how things move; it has no end to wait for. */
const watchLimitMs = 3000;

/** Runs one read as the document writes it, or its equivalent, labelled. Never throws for what the read does. */
export async function readAction(action: Action, parts: ReadParts): Promise<ReadResult> {
  const limitMs = Math.min(action.timeoutMs, readLimitMs);
  const why = whyNotAsWritten(action) ?? whyNotThere(action, parts.service);
  if (why !== null) return readEquivalent(action, why, { ...parts, limitMs });
  const pipeline = action.pipeline ?? [];
  const checked = checkPipeline(parts.runner, pipeline);
  if (checked.problem !== undefined) return readEquivalent(action, checked.problem, { ...parts, limitMs });
  const selector = logSelector(pipeline, parts.service.namespace);
  const pods = selector === null ? [] : await podsOf(selector, parts);
  if (pods.length > 0)
    return readLogsByPod(parts.runner, pipeline, pods, {
      limitMs,
      withinMs: readWithinMs,
      signal: parts.signal,
      muteNodes: parts.muteNodes,
      onText: parts.onText,
    });
  return readAsWritten(checked, pipeline, parts, limitMs);
}

async function readAsWritten(
  checked: RunnablePipeline,
  pipeline: readonly (readonly string[])[],
  parts: ReadParts,
  longestMs: number,
): Promise<ReadResult> {
  const watches = checked.program === 'kubectl' && isWatch(pipeline[0] ?? []);
  const limitMs = watches ? Math.min(longestMs, watchLimitMs) : longestMs;
  const result = await runPipeline(parts.runner, checked, {
    limitMs,
    withinMs: readWithinMs,
    signal: parts.signal,
    onText: parts.onText,
  });
  const lastCommand = pipeline.at(-1)?.[0] ?? '';
  return judgeRun(result, { lastCommand, filtered: pipeline.length > 1, watches });
}

function whyNotAsWritten(action: Action): string | null {
  if (action.manual !== undefined) return action.manual;
  if (action.pipeline === null) return 'it is not a plain command or pipeline';
  if (action.placeholders.length > 0)
    return `no value for ${action.placeholders.map((name) => `<${name}>`).join(', ')}`;
  if (action.effect !== 'read')
    return action.effect === 'create-temp' ? 'it would start a temporary pod' : 'it changes something';
  return null;
}

/** No request leaves for a host that is not a configured target. */
function whyNotThere(action: Action, service: StepsService): string | null {
  const [argv = []] = action.pipeline ?? [];
  if (argv[0] !== 'curl') return null;
  const url = urlOf(argv);
  const known = service.probes.some((probe) => new URL(probe.url).host === url?.host);
  return known ? null : `${url?.host ?? 'its address'} is not a configured target`;
}

function isWatch(argv: readonly string[]): boolean {
  const parsed = readKubectlArgv(argv);
  return isOn(parsed, '--watch') || isOn(parsed, '--watch-only');
}

/** When the pods cannot be listed, kubectl itself is tried as written. */
async function podsOf(selector: string, { cluster, service, signal }: ReadParts) {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(2000)]);
  const pods = await cluster.listPods(service.namespace, limit).catch(() => []);
  return pods.filter((pod) => matchesSelector(selector, pod));
}
