import type { PreCheck } from './pre-check.ts';
import { rolloutSurge } from './rollout-surge.ts';

/**
 * While the watched deployment is rolled out, pods beyond the wanted ones open their pools too. What others hold and all those pools
 * together must stay within what the server gives, else new pods never become ready and the rollout makes it worse.
 */
export const databaseSlotsAllow: PreCheck = {
  name: 'database-slots-allow',
  before: ['rollout-restart', 'memory-limit'],
  check({ live, change }) {
    const { connections, database, deployment } = live;
    if (!('workload' in change) || deployment === null || change.workload.name !== deployment.name)
      return { ok: true, text: 'not the deployment that uses the database' };
    if (database === null) return { ok: true, text: 'the service has no database among its dependencies' };
    if (connections === null)
      return {
        ok: false,
        text: `nobody has measured the connections of ${database}: it may be left without a free one`,
      };
    const { slots, used, poolSize } = connections;
    const surge = rolloutSurge(deployment);
    const others = Math.max(0, used - deployment.replicas * poolSize);
    const peak = (deployment.replicas + surge) * poolSize;
    const text = `${used} of ${slots} connections are used, ${others} at least by others; ${deployment.replicas} + ${surge} pods open up to ${peak}`;
    return { ok: others + peak <= slots, text };
  },
};
