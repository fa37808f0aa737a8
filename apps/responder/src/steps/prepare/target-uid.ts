import type { LiveView } from '../live-view.ts';
import type { Change } from './change.ts';

/** The uid of a change's target as it is now; null when it is not there or not known. */
export function targetUid(change: Change, live: LiveView): string | null {
  return targetOn(change, live)?.uid ?? null;
}

function targetOn(change: Change, live: LiveView): { readonly uid: string } | null | undefined {
  if ('node' in change) return live.nodes.find((one) => one.name === change.node);
  if ('policy' in change) return live.policies?.find((one) => one.name === change.policy.name);
  return 'workload' in change ? live.workload : null;
}
