import { evictable } from '../live-view.ts';
import type { PreCheck } from './pre-check.ts';

/** A drain evicts, bounded in time; it never deletes by force, and it says beforehand which pods would stop it. */
export const drainWithoutForce: PreCheck = {
  name: 'drain-without-force',
  before: ['drain'],
  check({ live, change }) {
    if (change.kind !== 'drain') return { ok: true, text: 'no drain' };
    if (change.force)
      return { ok: false, text: '--force and --disable-eviction pass by the disruption budgets' };
    if (change.timeoutMs === null || change.timeoutMs === 0)
      return { ok: false, text: 'a drain needs a --timeout' };
    const bare = evictable(live.nodePods).filter((pod) => pod.owner === null);
    if (bare.length > 0)
      return { ok: false, text: `nothing would start again: ${bare.map((pod) => pod.name).join(', ')}` };
    const volumes = change.deleteEmptyDir ? [] : evictable(live.nodePods).filter((pod) => pod.emptyDir);
    if (volumes.length > 0)
      return { ok: false, text: `emptyDir data would be lost: ${volumes.map((pod) => pod.name).join(', ')}` };
    const daemons = !change.ignoreDaemonSets && live.nodePods.some((pod) => pod.daemon);
    if (daemons) return { ok: false, text: 'pods of a DaemonSet run here; --ignore-daemonsets is missing' };
    return { ok: true, text: `eviction only, at most ${change.timeoutMs / 1000} s` };
  },
};
