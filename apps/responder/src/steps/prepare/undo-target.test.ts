import { describe, expect, test } from 'vitest';
import { lastChangeOurs } from '../checks/last-change-ours.ts';
import { liveView } from '../fixtures/live-view.ts';
import { aimUndo } from './aim-undo.ts';
import { bindAction } from './bind-action.ts';
import { readChange } from './change.ts';
import type { OwnChange } from './own-changes.ts';
import { undoTarget } from './undo-target.ts';

const minute = 60_000;
/** A revision that was rolled out at a minute. */
const rev = (number: number, template: string, atMinute: number) => ({
  number,
  template,
  podTemplate: {},
  createdAt: atMinute * minute,
});
const ours = (kind: OwnChange['kind'], atMinute: number): OwnChange => ({
  kind,
  startedAt: atMinute * minute,
  endedAt: atMinute * minute + 30_000,
});
const released = [rev(2, 'bad', 10), rev(1, 'good', 1)];

describe('an undo goes', () => {
  test('to the revision before, when that is another release', () => {
    expect(undoTarget(released, [])).toMatchObject({ kind: 'previous' });
  });

  test('past our own restart', () => {
    const revisions = [rev(3, 'bad', 20), ...released];
    expect(undoTarget(revisions, [ours('rollout-restart', 20)])).toMatchObject({
      kind: 'revision',
      number: 1,
    });
  });

  test('past a restart of somebody else, which is the same release', () => {
    expect(undoTarget([rev(3, 'bad', 20), ...released], [])).toMatchObject({ kind: 'revision', number: 1 });
  });

  test('past a limit that we raised: the release below it is the bad one', () => {
    const revisions = [rev(3, 'bad with 1Gi', 20), ...released];
    expect(undoTarget(revisions, [ours('memory-limit', 20)])).toMatchObject({ kind: 'revision', number: 1 });
    expect(undoTarget(revisions, [])).toMatchObject({ kind: 'previous' });
  });

  test.each([
    ['there is one revision only', [rev(1, 'bad', 1)], []],
    ['all are the same release', [rev(3, 'bad', 20), rev(2, 'bad', 10)], []],
    ['we have just gone back', [rev(3, 'good', 1), rev(2, 'bad', 10)], [ours('rollout-undo', 20)]],
    ['nothing is known', [], []],
  ])('nowhere when %s', (_why, revisions, done) => {
    expect(undoTarget(revisions, done)).toMatchObject({ kind: 'none' });
  });

  test('back again when a new release came after our undo', () => {
    const revisions = [rev(4, 'worse', 30), rev(3, 'good', 1), rev(2, 'bad', 10)];
    expect(undoTarget(revisions, [ours('rollout-undo', 20)])).toMatchObject({ kind: 'previous' });
  });
});

const written = bindAction({ pipeline: [['kubectl', 'rollout', 'undo', 'deployment/multitenant-api']] }, {});
const afterRestart = {
  revisions: [rev(3, 'bad', 20), ...released],
  ours: [ours('rollout-restart', 20)],
};

describe('the command', () => {
  test('is sent to the release before our restart, and says why', () => {
    const aimed = aimUndo(written, afterRestart, { ours: afterRestart.ours, takesBack: false });
    expect(aimed.pipeline).toEqual([
      ['kubectl', 'rollout', 'undo', 'deployment/multitenant-api', '--to-revision=1'],
    ]);
    expect(aimed.change).toMatchObject({ toRevision: 1 });
    expect(aimed.added[0]?.because).toContain('revision 3 is a change of ours');
  });

  test('stays as it is written when it goes to another release by itself, and when it is there to take ours back', () => {
    expect(aimUndo(written, { revisions: released }, { ours: [], takesBack: false })).toBe(written);
    expect(aimUndo(written, afterRestart, { ours: afterRestart.ours, takesBack: true })).toBe(written);
  });
});

const check = (argument: string[], takesBack: boolean, done = afterRestart.ours) =>
  lastChangeOurs.check({
    live: liveView({ revisions: afterRestart.revisions }),
    change: readChange([['kubectl', 'rollout', 'undo', 'deployment/multitenant-api', ...argument]]),
    runningSteps: [],
    ours: done,
    takesBack,
  });

describe('last-change-ours', () => {
  test('blocks an undo that would only take our restart back', () => {
    expect(check([], false)).toEqual({
      ok: false,
      text: 'it would go to revision 2, but revision 3 is a change of ours: the release before 2 is revision 1',
    });
    expect(check(['--to-revision=1'], false)).toMatchObject({ ok: true });
    expect(check(['--to-revision=2'], false)).toMatchObject({ ok: false });
  });

  test('blocks taking our change back when somebody has changed it since', () => {
    expect(check([], true)).toMatchObject({ ok: true });
    expect(check([], true, [])).toEqual({
      ok: false,
      text: 'revision 3 is not ours: somebody has changed it since',
    });
  });
});
