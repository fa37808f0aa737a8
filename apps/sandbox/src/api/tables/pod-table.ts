import type { ContainerStateTerminated } from 'kubernetes-types/core/v1.d.ts';
import { isReady, type ContainerStatus, type Pod } from '#store';
import { age, named, none, wide, type TableFor } from './column.ts';
import { since } from './durations.ts';

interface Summary {
  status: string;
  ready: number;
  restarts: number;
  lastRestartAt: string | undefined;
}

function terminatedText({ reason, signal, exitCode }: ContainerStateTerminated): string {
  if (reason) return reason;
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode}`;
}

function stateText({ state }: ContainerStatus): string | undefined {
  if (state?.waiting?.reason) return state.waiting.reason;
  return state?.terminated ? terminatedText(state.terminated) : undefined;
}

function newest(instants: (string | undefined)[]): string | undefined {
  return instants
    .filter((at) => at !== undefined)
    .toSorted()
    .at(-1);
}

function ownText({ status = {} }: Pod): string {
  // The first container that is waiting or over gives the status its word, as in Kubernetes' own printer.
  const word = (status.containerStatuses ?? []).map(stateText).find((text) => text !== undefined);
  return word ?? status.reason ?? status.phase ?? 'Unknown';
}

function statusText(pod: Pod, running: number): string {
  const word = terminating(pod) ?? ownText(pod);
  if (word !== 'Completed' || running === 0) return word;
  return isReady(pod) ? 'Running' : 'NotReady';
}

function summarize(pod: Pod): Summary {
  const statuses = pod.status?.containerStatuses ?? [];
  const running = statuses.filter(({ ready, state }) => ready && state?.running);
  return {
    status: statusText(pod, running.length),
    ready: running.length,
    restarts: statuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
    lastRestartAt: newest(statuses.map(({ lastState }) => lastState?.terminated?.finishedAt)),
  };
}

function terminating({ metadata, status }: Pod): string | undefined {
  if (metadata.deletionTimestamp === undefined) return undefined;
  if (status?.reason === 'NodeLost') return 'Unknown';
  return status?.phase === 'Succeeded' || status?.phase === 'Failed' ? undefined : 'Terminating';
}

function restartsText(pod: Pod, nowMs: number): string {
  const { restarts, lastRestartAt } = summarize(pod);
  return restarts > 0 && lastRestartAt
    ? `${restarts} (${since(lastRestartAt, nowMs)} ago)`
    : String(restarts);
}

/** Columns of pods. */
export const podTable: TableFor<Pod> = [
  named,
  ['Ready', (pod) => `${summarize(pod).ready}/${pod.spec.containers.length}`],
  ['Status', (pod) => summarize(pod).status],
  ['Restarts', restartsText],
  age,
  ['IP', (pod) => pod.status?.podIPs?.[0]?.ip ?? pod.status?.podIP ?? none, wide],
  ['Node', (pod) => pod.spec.nodeName ?? none, wide],
  ['Nominated Node', (pod) => pod.status?.nominatedNodeName ?? none, wide],
  ['Readiness Gates', () => none, wide],
];
