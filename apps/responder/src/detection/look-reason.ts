import { isLoginRefused, type DependencyCheck, type Facts } from '#facts';
import { isFailure } from './assess/measure.ts';

/** Looking costs little and concludes nothing: it begins well before a request counts as slow. */
const overdueMs = 500;
const recentMs = 1500;
/** What somebody says is looked into until it is confirmed or the time for that is over. */
const checkToldMs = 60_000;
/** A dependency that is away for longer is known to be. */
const newlyFailingMs = 60_000;

const isBad = (one: DependencyCheck): boolean => one.outcome !== 'ok' && !isLoginRefused(one);

/** The newest check of something has failed, and did not fail before this minute. */
function hasTurnedBad({ checks, at }: Facts): boolean {
  if (!checks.some((one) => isBad(one) && one.at > at - newlyFailingMs)) return false;
  const bySubject = Map.groupBy(checks, (one) => `${one.kind} ${one.subject}`);
  return [...bySubject.values()].some((its) => {
    const firstGood = its.findIndex((one) => !isBad(one));
    const failing = firstGood < 0 ? its : its.slice(0, firstGood);
    return failing.length > 0 && failing.every((one) => one.at > at - newlyFailingMs);
  });
}

/**
 * Why all classes should be read now: `clients` = a request failed just now or is overdue, or somebody said so; `cluster` = a node, a pod of
 * the service or a dependency has just changed for the worse. Null at rest. One failure is enough to look, never to conclude.
 */
export function lookReason(facts: Facts): 'clients' | 'cluster' | null {
  const told = [...facts.alerts.map((one) => one.receivedAt), ...facts.reports.map((one) => one.lastAt)];
  if (told.some((said) => facts.at - said < checkToldMs)) return 'clients';
  const overdue = facts.pending.some((one) => facts.at - one.startedAt > overdueMs);
  const failed = facts.probes.some((one) => one.endedAt > facts.at - recentMs && isFailure(one));
  if (overdue || failed) return 'clients';
  const node = facts.cluster.nodes.some((one) => one.ready !== 'True');
  const [newest] = facts.directReads;
  const silent =
    newest !== undefined &&
    facts.directReads.some((one) => one.at >= newest.at - recentMs && one.outcome !== 'ok');
  return node || silent || hasTurnedBad(facts) ? 'cluster' : null;
}
