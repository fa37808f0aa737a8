import type { ContainerStateTerminated } from 'kubernetes-types/core/v1.d.ts';
import { isReady, type ContainerStatus, type Pod } from '#store';
import { age, named, none, wide, type TableFor } from './column.ts';
import { since } from './durations.ts';

function terminatedText({ reason, signal, exitCode }: ContainerStateTerminated): string {
  if (reason) return reason;
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode}`;
}

function stateText({ state }: ContainerStatus): string | undefined {
  if (state?.waiting?.reason) return state.waiting.reason;
  return state?.terminated ? terminatedText(state.terminated) : undefined;
}

function ownText({ status = {} }: Pod): string {
  // The first container that is waiting or over gives the status its word, as in Kubernetes' own printer.
  const word = (status.containerStatuses ?? []).map(stateText).find((text) => text !== undefined);
  return word ?? status.reason ?? status.phase ?? 'Unknown';
}

function runningOf({ status }: Pod): number {
  return (status?.containerStatuses ?? []).filter(({ ready, state }) => ready && state?.running).length;
}

function statusText(pod: Pod): string {
  const word = terminating(pod) ?? ownText(pod);
  if (word !== 'Completed' || runningOf(pod) === 0) return word;
  return isReady(pod) ? 'Running' : 'NotReady';
}

function terminating({ metadata, status }: Pod): string | undefined {
  if (metadata.deletionTimestamp === undefined) return undefined;
  if (status?.reason === 'NodeLost') return 'Unknown';
  return status?.phase === 'Succeeded' || status?.phase === 'Failed' ? undefined : 'Terminating';
}

function restartsText({ status }: Pod, nowMs: number): string {
  const statuses = status?.containerStatuses ?? [];
  const restarts = statuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
  const ends = statuses.map(({ lastState }) => lastState?.terminated?.finishedAt ?? '');
  const lastAt = ends.toSorted().at(-1);
  return restarts > 0 && lastAt ? `${restarts} (${since(lastAt, nowMs)} ago)` : String(restarts);
}

/** Columns of pods. */
export const podTable: TableFor<Pod> = [
  named,
  ['Ready', (pod) => `${runningOf(pod)}/${pod.spec.containers.length}`],
  ['Status', statusText],
  ['Restarts', restartsText],
  age,
  ['IP', (pod) => pod.status?.podIPs?.[0]?.ip ?? pod.status?.podIP ?? none, wide],
  ['Node', (pod) => pod.spec.nodeName ?? none, wide],
  ['Nominated Node', (pod) => pod.status?.nominatedNodeName ?? none, wide],
  ['Readiness Gates', () => none, wide],
];
