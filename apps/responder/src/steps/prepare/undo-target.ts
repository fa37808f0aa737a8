import type { Revision } from '#cluster';
import type { OwnChange } from './own-changes.ts';

/** Where an undo has to go for another release to run. */
type UndoTarget =
  | { readonly kind: 'previous'; readonly because: string }
  | { readonly kind: 'revision'; readonly number: number; readonly because: string }
  | { readonly kind: 'none'; readonly because: string };

/** The server's clock counts whole seconds, and another machine's may differ. */
const clockMs = 3000;

/** Whether a change of ours has made the revision. */
export function isOurs({ createdAt }: Revision, ours: readonly OwnChange[]): boolean {
  return ours.some(
    ({ startedAt, endedAt }) =>
      createdAt >= startedAt - clockMs && createdAt <= (endedAt ?? Infinity) + clockMs,
  );
}

/**
 * The release before the present one. What a restart, or another change of ours, put on top is passed over: to take only that back
 * would leave the release where it is. Revisions come newest first.
 */
export function undoTarget(revisions: readonly Revision[], ours: readonly OwnChange[]): UndoTarget {
  const [newest, previous] = revisions;
  if (newest === undefined || previous === undefined)
    return { kind: 'none', because: 'there is no revision before this one' };
  const undone = ours.findLast((one) => one.kind === 'rollout-undo');
  if (undone !== undefined && newest.createdAt < undone.startedAt - clockMs)
    return { kind: 'none', because: `revision ${newest.number} is what our own undo went back to` };
  const from = revisions.findIndex(
    (one, index) => !isOurs(one, ours) && one.template !== revisions[index + 1]?.template,
  );
  const release = revisions[from];
  const before = revisions.slice(from + 1).find((one) => one.template !== release?.template);
  if (release === undefined || before === undefined)
    return {
      kind: 'none',
      because: 'every revision before is the same release, only restarted or changed by us',
    };
  if (before === previous)
    return { kind: 'previous', because: `revision ${before.number} is the release before ${release.number}` };
  const what = isOurs(newest, ours) ? 'a change of ours' : 'only a restart, or the same release again';
  return {
    kind: 'revision',
    number: before.number,
    because: `revision ${newest.number} is ${what}: the release before ${release.number} is revision ${before.number}`,
  };
}
