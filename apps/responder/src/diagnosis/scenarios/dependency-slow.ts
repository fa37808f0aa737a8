import type { DependencyCheck, LogSignature } from '#facts';
import { presentSignatures, type CaseFile } from '../case-file.ts';
import {
  countOf,
  dependencies,
  freshChecks,
  isOnLostNode,
  linesAbout,
  type Dependency,
} from '../dependencies.ts';
import { hangingConnects } from '../hanging-connects.ts';
import { lockWaits } from '../lock-waits.ts';
import { newestPolicy, waysTo } from '../new-policy.ts';
import { poolState } from '../pool-state.ts';
import type { Finding, Scenario } from '../scenario.ts';
import { seenAt } from '../seen-at.ts';
import { slowClients } from '../slow-clients.ts';

const slowCheckMs = 1000;
/** What is cut off looks slow at first: its connections time out before the first address is named. */
const settleMs = 12_000;
const minLines = 3;

/** Who answers slowly by the responder's own checks. */
function checkSigns(answers: readonly DependencyCheck[]): readonly string[] {
  return answers.flatMap(({ outcome, durationMs }) => {
    if (outcome !== 'ok')
      return [`it began to answer a check and did not end within ${Math.round(durationMs)} ms`];
    return durationMs > slowCheckMs ? [`it answers a check in ${Math.round(durationMs)} ms`] : [];
  });
}

/** The newest two checks that it answered, were it only with a first byte. */
function newestAnswers(one: Dependency, file: CaseFile): readonly DependencyCheck[] {
  return freshChecks(file, one.subject)
    .filter(({ outcome, values }) => outcome === 'ok' || values['firstByteMs'] !== undefined)
    .slice(0, 2);
}

function timeoutLines(one: Dependency, file: CaseFile): readonly LogSignature[] {
  const wanted = one.isDatabase ? 'query-timeout' : 'cache-timeout';
  return presentSignatures(file).filter((line) => line.signature === wanted);
}

function logSigns(one: Dependency, file: CaseFile): readonly string[] {
  const isCache = /redis|cache|valkey|memcache/i.test(one.workload.name);
  if (!one.isDatabase && !isCache) return [];
  const count = countOf(timeoutLines(one, file));
  return count >= minLines ? [`${count} log lines of the service say that a request to it timed out`] : [];
}

/** Slow answers without errors while the pods hold their connections: they wait for the database. */
function poolSigns(one: Dependency, file: CaseFile): readonly string[] {
  const slow = slowClients(file);
  const pool = poolState(file);
  if (!one.isDatabase || slow === null || !(pool.busy || pool.starved)) return [];
  return [slow, 'most connections to it are in use while requests wait', ...pool.words];
}

/** Two that keep the same pods waiting at once are not slow by themselves: the way to them is what they share. */
function areSeveralSilent(file: CaseFile): boolean {
  const lines = presentSignatures(file);
  const says = (signature: string) => countOf(lines.filter((line) => line.signature === signature)) > 0;
  return says('cache-timeout') && (says('query-timeout') || says('pool-timeout'));
}

/** Several that are slow to answer us at once: the way there, or ourselves. */
function areSeveralSlow(file: CaseFile): boolean {
  const late = dependencies(file).filter((one) =>
    newestAnswers(one, file).some(({ durationMs }) => durationMs > slowCheckMs),
  );
  return late.length > 1;
}

/** Whether what is seen of one says no more of it than of the others. */
function isShared(checks: number, locks: number, file: CaseFile): boolean {
  if (locks > 0) return false;
  return checks === 0 ? areSeveralSilent(file) : areSeveralSlow(file);
}

function isReachable(one: Dependency, file: CaseFile): boolean {
  if (one.workload.readyReplicas === 0 || isOnLostNode(file, one)) return false;
  if (newestPolicy(file, waysTo(file, one.pods)) !== null || hangingConnects(one, file) !== null)
    return false;
  if (linesAbout(file, 'unreachable', one).length + linesAbout(file, 'refused', one).length > 0) return false;
  return !(one.isDatabase && presentSignatures(file).some((line) => line.signature === 'sqlstate:53300'));
}

function confidenceOf(checks: number, logs: number, pools: number): number {
  if (checks > 0) return logs + pools > 0 ? 0.93 : 0.8;
  if (logs > 0) return pools > 0 ? 0.85 : 0.75;
  return 0.7;
}

function diagnosisOf(one: Dependency, file: CaseFile): readonly Finding[] {
  const isHarmed = file.harmForMs > settleMs;
  const locks = lockWaits(file, one.subject);
  const late = checkSigns(newestAnswers(one, file));
  const checks = locks > 0 ? [`${locks} queries wait for a lock`, ...late] : late;
  const logs = isHarmed || !one.isDatabase ? logSigns(one, file) : [];
  const pools = isHarmed ? poolSigns(one, file) : [];
  // A slow check alone harms nobody; slow clients alone may wait for anything.
  const said = checks.length > 0 ? isHarmed || logs.length > 0 : logs.length + pools.length > 0;
  if (!said || isShared(checks.length, locks, file) || !isReachable(one, file)) return [];
  const signs = { checks, logs, pools };
  return [{ ...finding(one, signs), ...seenAt(recordsOf(one, file, signs)) }];
}

/** Times of the log lines, checks and looks at pools that speak for it. */
function recordsOf(one: Dependency, file: CaseFile, { logs, pools }: Signs): readonly number[] {
  return [
    ...(logs.length > 0 ? timeoutLines(one, file).map((line) => line.lastAt) : []),
    ...freshChecks(file, one.subject).map((check) => check.at),
    ...(pools.length > 0 ? file.facts.metrics.slice(-1).map((row) => row.to) : []),
  ];
}

interface Signs {
  readonly checks: readonly string[];
  readonly logs: readonly string[];
  readonly pools: readonly string[];
}

function finding(one: Dependency, { checks, logs, pools }: Signs): Finding {
  return {
    id: 'dependency-slow',
    subject: one.subject,
    confidence: confidenceOf(checks.length, logs.length, pools.length),
    for: [...checks, ...logs, ...pools],
    against: [
      `${one.workload.readyReplicas} of its pods are ready`,
      ...(checks.length + logs.length > 0
        ? []
        : ['the application may be slow by itself and hold its connections']),
    ],
    settles: checks.length > 0 ? [] : [`how long ${one.subject} takes to answer, and what it waits for`],
  };
}

/**
 * Something that the service needs answers, but too slowly: a slow disk, a lock that is held. Kubernetes says nothing of it. Rests on
 * the recording redis-down (a cache that is gone only costs time) and
 * https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW (wait_event_type Lock).
 */
export const dependencySlow: Scenario = {
  id: 'dependency-slow',
  ruledOut: 'no dependency makes requests wait',
  find: (file) => dependencies(file).flatMap((one) => diagnosisOf(one, file)),
};
