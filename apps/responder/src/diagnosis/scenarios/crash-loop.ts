import type { ContainerFact } from '#facts';
import { ownContainers, type CaseFile, type PodContainer } from '../case-file.ts';
import { dependencies, linesAbout } from '../dependencies.ts';
import type { Scenario } from '../scenario.ts';

const recentMs = 2 * 60_000;

function isKilledByProbe(file: CaseFile, pod: string): boolean {
  return file
    .eventsOf(`pod/${pod}`, 5 * 60_000)
    .some((one) => one.reason === 'Killing' && /failed (?:liveness|startup) probe/.test(one.message));
}

/** 128 + SIGKILL, which no process sends itself: its machine came back, or somebody killed it. */
const killedExitCode = 137;

/** In back-off the end counts however it looks: a command that ends well is restarted, too. */
function isCrashing(container: ContainerFact, at: number): boolean {
  const end = container.lastTermination;
  if (end === null || end.reason === 'OOMKilled') return false;
  if (container.reason === 'CrashLoopBackOff') return true;
  if (end.exitCode === killedExitCode) return false;
  const recent = at - (end.finishedAt ?? 0) < recentMs;
  return end.exitCode !== 0 && recent && (container.state !== 'running' || container.restartCount > 0);
}

function confidenceOf(crashing: readonly PodContainer[]): number {
  if (crashing.some((one) => one.container.reason === 'CrashLoopBackOff')) return 0.95;
  const restarts = Math.max(...crashing.map((one) => one.container.restartCount));
  if (restarts >= 2) return 0.9;
  return restarts === 1 || crashing.length > 1 ? 0.8 : 0.6;
}

/** The dependency that every crashing pod says it cannot reach: then it gives up because of that. */
function givesUpOn(file: CaseFile, crashing: readonly PodContainer[]): string | undefined {
  return dependencies(file).find((one) => {
    const lines = [...linesAbout(file, 'refused', one), ...linesAbout(file, 'unreachable', one)];
    const telling = new Set(lines.map((line) => line.pod));
    return crashing.every(({ pod }) => telling.has(pod.name));
  })?.subject;
}

function words({ pod, container }: PodContainer): string {
  const { reason, exitCode } = container.lastTermination ?? { reason: '?', exitCode: '?' };
  return `${pod.name}: ${container.name} ended with ${reason} (exit code ${exitCode}), restarted ${container.restartCount} times`;
}

/**
 * Containers start and end by themselves, again and again. Out of memory and liveness kills are other causes. Rests on the recording
 * crash-loop-bad-command.
 */
export const crashLoop: Scenario = {
  id: 'crash-loop',
  ruledOut: 'no container ends by itself',
  find(file) {
    const crashing = ownContainers(file).filter(
      ({ pod, container }) => isCrashing(container, file.facts.at) && !isKilledByProbe(file, pod.name),
    );
    if (crashing.length === 0) return [];
    const confidence = confidenceOf(crashing);
    const module = file.facts.logSignatures.some((one) => one.signature === 'module-not-found');
    const about = module ? undefined : givesUpOn(file, crashing);
    return [
      {
        id: 'crash-loop',
        subject: file.workloadSubject,
        confidence,
        for: [
          ...crashing.map(words),
          ...(module ? ['the log names a file that is not there: the start command looks wrong'] : []),
        ],
        against: about === undefined ? [] : [`its log says that ${about} cannot be reached`],
        settles: confidence < 0.9 ? ['a second end of the same container'] : [],
        ...(about === undefined ? {} : { about }),
      },
    ];
  },
};
