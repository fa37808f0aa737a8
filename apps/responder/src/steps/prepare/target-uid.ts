import type { LiveView } from '../live-view.ts';
import type { Change } from './change.ts';

/** The uid of a change's target as it is now; null when it is not there or not known. */
export function targetUid(change: Change, live: LiveView): string | null {
  if ('node' in change) return live.nodes.find((one) => one.name === change.node)?.uid ?? null;
  return 'workload' in change ? (live.workload?.uid ?? null) : null;
}
