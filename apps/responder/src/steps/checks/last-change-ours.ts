import { isOurs, undoTarget } from '../prepare/undo-target.ts';
import type { CheckInput, PreCheck, Verdict } from './pre-check.ts';

/** To take our own change back, it has to be the newest one. */
function takesOursBack({ live: { revisions }, ours }: CheckInput): Verdict {
  const newest = revisions?.[0];
  if (newest === undefined) return { ok: false, text: 'the revisions cannot be read' };
  return isOurs(newest, ours)
    ? { ok: true, text: `revision ${newest.number} is our own change` }
    : { ok: false, text: `revision ${newest.number} is not ours: somebody has changed it since` };
}

/**
 * An undo goes to the release before the present one, or not at all: where the newest revision is a restart or a change of our own,
 * going one revision back would only take that back.
 */
export const lastChangeOurs: PreCheck = {
  name: 'last-change-ours',
  before: ['rollout-undo'],
  check(input) {
    const { live, change, ours, takesBack } = input;
    if (change.kind !== 'rollout-undo') return { ok: true, text: 'no undo' };
    if (takesBack) return takesOursBack(input);
    if (live.revisions === null)
      return {
        ok: false,
        text: `the revisions of ${change.workload.kind}/${change.workload.name} cannot be read`,
      };
    const target = undoTarget(live.revisions, ours);
    if (target.kind === 'none') return { ok: false, text: target.because };
    const wanted = target.kind === 'revision' ? target.number : live.revisions[1]?.number;
    const goesTo = change.toRevision ?? live.revisions[1]?.number;
    return goesTo === wanted
      ? { ok: true, text: target.because }
      : { ok: false, text: `it would go to revision ${goesTo}, but ${target.because}` };
  },
};
