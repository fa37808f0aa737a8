import { ownContainers, type CaseFile, type PodContainer } from '../case-file.ts';
import type { Scenario } from '../scenario.ts';

const recentMs = 2 * 60_000;

function isKilledByProbe(file: CaseFile, pod: string): boolean {
  return file
    .eventsOf(`pod/${pod}`, 5 * 60_000)
    .some((one) => one.reason === 'Killing' && /failed liveness probe/.test(one.message));
}

function isCrashing({ container }: PodContainer, at: number): boolean {
  const end = container.lastTermination;
  if (end === null || end.exitCode === 0 || end.reason === 'OOMKilled') return false;
  const recent = at - (end.finishedAt ?? 0) < recentMs;
  return recent && (container.state !== 'running' || container.restartCount > 0);
}

function confidenceOf(crashing: readonly PodContainer[]): number {
  if (crashing.some((one) => one.container.reason === 'CrashLoopBackOff')) return 0.95;
  const restarts = Math.max(...crashing.map((one) => one.container.restartCount));
  if (restarts >= 2) return 0.9;
  return restarts === 1 || crashing.length > 1 ? 0.8 : 0.6;
}

/** Containers start and end by themselves, again and again. Out of memory and liveness kills are other causes. */
export const crashLoop: Scenario = {
  id: 'crash-loop',
  ruledOut: 'no container ends by itself',
  find(file) {
    const crashing = ownContainers(file).filter(
      (one) => isCrashing(one, file.facts.at) && !isKilledByProbe(file, one.pod.name),
    );
    if (crashing.length === 0) return [];
    const confidence = confidenceOf(crashing);
    const module = file.facts.logSignatures.some((one) => one.signature === 'module-not-found');
    return [
      {
        id: 'crash-loop',
        subject: file.workloadSubject,
        confidence,
        for: [
          ...crashing.map(({ pod, container }) => {
            const { reason, exitCode } = container.lastTermination ?? { reason: '?', exitCode: '?' };
            return `${pod.name}: ${container.name} ended with ${reason} (exit code ${exitCode}), restarted ${container.restartCount} times`;
          }),
          ...(module ? ['the log names a file that is not there: the start command looks wrong'] : []),
        ],
        against: [],
        settles: confidence < 0.9 ? ['a second end of the same container'] : [],
      },
    ];
  },
};
