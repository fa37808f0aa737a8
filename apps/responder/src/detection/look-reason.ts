import type { Facts } from '#facts';
import { isFailure } from './assess/measure.ts';

/** Looking costs little and concludes nothing: it begins well before a request counts as slow. */
const overdueMs = 500;
const recentMs = 1500;

/**
 * Why all classes should be read now: `clients` = a request failed just now or is overdue; `cluster` = a node or a pod of
 * the service has just changed for the worse. Null at rest. One failure is enough to look, never to conclude.
 */
export function lookReason(facts: Facts): 'clients' | 'cluster' | null {
  const overdue = facts.pending.some((one) => facts.at - one.startedAt > overdueMs);
  const failed = facts.probes.some((one) => one.endedAt > facts.at - recentMs && isFailure(one));
  if (overdue || failed) return 'clients';
  const node = facts.cluster.nodes.some((one) => one.ready !== 'True');
  const [newest] = facts.directReads;
  const silent =
    newest !== undefined &&
    facts.directReads.some((one) => one.at >= newest.at - recentMs && one.outcome !== 'ok');
  return node || silent ? 'cluster' : null;
}
