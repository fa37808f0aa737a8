import type { LiveView } from '../live-view.ts';
import type { Change, ChangeKind } from '../prepare/change.ts';
import type { OwnChange } from '../prepare/own-changes.ts';

/** What a check is told: fresh reads, the change, and the steps of ours that run right now. */
export interface CheckInput {
  readonly live: LiveView;
  readonly change: Change;
  readonly runningSteps: readonly string[];
  /** What we have begun on the change's target before. */
  readonly ours: readonly OwnChange[];
  /** The change is there to take one of ours back. */
  readonly takesBack: boolean;
}

/** The answer of one check, with its numbers. */
export interface Verdict {
  readonly ok: boolean;
  readonly text: string;
}

/** One guard before a change. Pure: decides on what was read. */
export interface PreCheck {
  readonly name: string;
  readonly before: readonly ChangeKind[];
  readonly check: (input: CheckInput) => Verdict;
}
