import type { LiveView } from '../live-view.ts';
import type { Change } from './change.ts';

/** The uid of a change's target as it is now; null when it is not there or not known. */
export function targetUid(change: Change, live: LiveView): string | null {
  switch (change.kind) {
    case 'cordon':
    case 'uncordon':
    case 'drain':
      return live.nodes.find((one) => one.name === change.node)?.uid ?? null;
    case 'rollout-restart':
      return live.workload?.uid ?? null;
    case 'other':
      return null;
    default:
      return change satisfies never;
  }
}
