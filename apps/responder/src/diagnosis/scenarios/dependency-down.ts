import type { DependencyCheck } from '#facts';
import type { CaseFile } from '../case-file.ts';
import {
  countOf,
  dependencies,
  freshChecks,
  isOnLostNode,
  linesAbout,
  type Dependency,
} from '../dependencies.ts';
import { lockWaits } from '../lock-waits.ts';
import type { Finding, Scenario } from '../scenario.ts';
import { seenAt } from '../seen-at.ts';

/** A dependency with one replica may be away this long while it is restarted. */
const restartMs = 15_000;

function confidenceOf(one: Dependency, at: number, refused: number): number {
  if (one.workload.replicas === 0) return 0.95;
  if (refused >= 2) return 0.9;
  const changes = one.pods.map((pod) => pod.readyChangedAt ?? pod.createdAt);
  return at - Math.max(0, ...changes) > restartMs ? 0.85 : 0.45;
}

function states({ pods }: Dependency): readonly string[] {
  return pods.flatMap((pod) =>
    pod.containers.flatMap((its) => [
      ...(its.reason === null ? [] : [`${pod.name}: ${its.reason}`]),
      ...(its.lastTermination === null
        ? []
        : [
            `${pod.name}: ${its.name} ended with ${its.lastTermination.reason} (exit code ${its.lastTermination.exitCode})`,
          ]),
    ]),
  );
}

function withoutPods(one: Dependency, file: CaseFile): Finding {
  const refused = countOf(linesAbout(file, 'refused', one));
  const { workload, subject } = one;
  const confidence = confidenceOf(one, file.facts.at, refused);
  const checked = freshChecks(file, subject).find((check) => check.outcome !== 'ok');
  return {
    id: 'dependency-down',
    subject,
    confidence,
    for: [
      workload.replicas === 0
        ? `${subject} is scaled to 0`
        : `0 of ${workload.replicas} pods of ${subject} are ready`,
      ...states(one),
      ...(refused > 0 ? [`${refused} log lines of the service say that it refuses connections`] : []),
      ...(checked === undefined ? [] : [`asked directly, ${subject} answers: ${checked.outcome}`]),
    ],
    against: [],
    settles: confidence < 0.5 ? ['whether it comes back within 15 s, as in a restart'] : [],
  };
}

/** We cannot reach what does not concern the service either: what we miss says nothing about others. */
function isCutOff({ facts }: CaseFile): boolean {
  return facts.controls.at(-1)?.reachable === false;
}

const recentMs = 5000;

/** Most requests from outside are served: somebody gets answers of the database. */
function servesClients({ facts }: CaseFile): boolean {
  const recent = facts.probes.filter((one) => one.endedAt > facts.at - recentMs);
  return recent.filter((one) => one.outcome === 'ok').length * 2 > recent.length;
}

/** It serves others than us, or keeps its clients waiting: that is not down. */
function answersSomebody(one: Dependency, file: CaseFile): boolean {
  if (lockWaits(file, one.subject) > 0) return true;
  return one.isDatabase && file.harmForMs > 0 && servesClients(file);
}

/** Without an answer, and without a byte of one. */
function isSilence({ outcome, values }: DependencyCheck): boolean {
  return outcome === 'refused' || (outcome === 'timeout' && values['firstByteMs'] === undefined);
}

/** Something that is slow, too, leaves some checks without an answer: silence has to last this long, a refusal only to be repeated. */
const silentMs = 12_000;

/** Failing checks in a row, newest first. */
function isDead(streak: readonly DependencyCheck[]): boolean {
  const [newest, oldest] = [streak[0], streak.at(-1)];
  if (newest === undefined || oldest === undefined || streak.length < 2) return false;
  const refused = streak.slice(0, 2).every((check) => check.outcome === 'refused');
  return refused || newest.at + newest.durationMs - oldest.at >= silentMs;
}

/** Ready for Kubernetes, whose check of a TCP port a frozen process passes; but it answers nobody. */
function unresponsive(one: Dependency, file: CaseFile): readonly Finding[] {
  const checks = freshChecks(file, one.subject);
  const answered = checks.findIndex((check) => !isSilence(check));
  const streak = answered < 0 ? checks : checks.slice(0, answered);
  const [newest] = streak;
  if (answersSomebody(one, file)) return [];
  if (newest === undefined || !isDead(streak) || linesAbout(file, 'unreachable', one).length > 0) return [];
  return [
    {
      id: 'dependency-down',
      subject: one.subject,
      confidence: file.harmForMs > 0 ? 0.8 : 0.6,
      for: [
        `${one.subject} did not answer ${streak.length} checks in a row (${newest.kind}: ${newest.outcome})`,
        ...(file.harmForMs > 0 ? ['requests from outside fail meanwhile'] : []),
      ],
      against: [`Kubernetes says that ${one.workload.readyReplicas} of its pods are ready`],
      settles: ['whether the pods of the service reach it'],
      ...seenAt([newest.at]),
    },
  ];
}

/**
 * Something that the service needs has no ready pod, or answers nobody. What the service does because of it is not a cause of its own.
 * Rests on the recording redis-down.
 */
export const dependencyDown: Scenario = {
  id: 'dependency-down',
  ruledOut: 'every dependency has a ready pod',
  find(file) {
    const known = dependencies(file).filter((one) => !isOnLostNode(file, one));
    const gone = known.filter((one) => one.workload.readyReplicas === 0);
    const silent = known.filter((one) => !gone.includes(one)).flatMap((one) => unresponsive(one, file));
    // Several at once point at the way to them, which is ours too.
    const told = silent.length > 1 || isCutOff(file) ? [] : silent;
    return [...gone.map((one) => withoutPods(one, file)), ...told];
  },
};
