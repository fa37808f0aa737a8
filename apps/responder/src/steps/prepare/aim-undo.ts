import type { LiveView } from '../live-view.ts';
import { readChange } from './change.ts';
import type { OwnChange } from './own-changes.ts';
import type { BoundAction } from './bind-action.ts';
import { undoTarget } from './undo-target.ts';

/**
 * An undo that would only take back a restart, or another change of ours, is sent to the release before instead. One that says where
 * it goes, or that is there to take our change back, is left as it is written.
 */
export function aimUndo(
  bound: BoundAction,
  { revisions }: Pick<LiveView, 'revisions'>,
  { ours, takesBack }: { readonly ours: readonly OwnChange[]; readonly takesBack: boolean },
): BoundAction {
  const { change, pipeline } = bound;
  if (change.kind !== 'rollout-undo' || change.toRevision !== null || takesBack || revisions === null)
    return bound;
  const target = undoTarget(revisions, ours);
  if (target.kind !== 'revision') return bound;
  const [argv = [], ...rest] = pipeline;
  const added = `--to-revision=${target.number}`;
  const aimed = [[...argv, added], ...rest];
  return {
    ...bound,
    pipeline: aimed,
    change: readChange(aimed),
    added: [...bound.added, { argument: added, because: target.because }],
  };
}
