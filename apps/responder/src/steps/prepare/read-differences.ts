import type { LiveView } from '../live-view.ts';
import type { StepsCluster } from '../ports.ts';
import { redact } from '../redact.ts';
import type { BoundAction } from './bind-action.ts';
import { differences } from './differences.ts';
import { patchOf } from './patch-of.ts';

const limitMs = 5000;
const mostLines = 40;

/**
 * What the change makes of its object, a line a field, as the server answers when it is tried without effect; null where that cannot be
 * told: a change that is no patch of one object, or that the server does not answer.
 */
export async function readDifferences(
  { change, pipeline }: Pick<BoundAction, 'change' | 'pipeline'>,
  about: {
    readonly cluster: StepsCluster;
    readonly namespace: string;
    readonly live: LiveView;
    readonly signal: AbortSignal;
    readonly at: number;
  },
): Promise<readonly string[] | null> {
  const { cluster, namespace, live, at, signal } = about;
  const patch = patchOf(change, pipeline[0] ?? [], { namespace, revisions: live.revisions, at });
  if (patch === null) return null;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const tried = await cluster.tryPatch(patch, limit).catch(() => null);
  if (tried === null) return null;
  const lines = differences(tried.before, tried.after).map((line) => redact(line));
  const rest = lines.length - mostLines;
  return rest <= 0 ? lines : [...lines.slice(0, mostLines), `and ${rest} more`];
}
