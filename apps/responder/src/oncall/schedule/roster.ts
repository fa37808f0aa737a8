import type { Absence, Override, Schedule } from '@tocsin/contract';

/** A schedule with everything that bears on it: pure input of `whoIsOnCallAt`. */
export interface Roster {
  readonly schedule: Schedule;
  /** Those of this schedule; where two meet, the later in the list counts. */
  readonly overrides: readonly Override[];
  readonly away: readonly Absence[];
}

/** Who answers for one layer at an instant, or why nobody does. `instead`: whose turn it would be. */
export type LayerAnswer =
  | {
      readonly layer: string;
      readonly person: string;
      readonly why: 'turn' | 'stand-in' | 'override';
      readonly instead: string | null;
      /** Number of the turn, from 0; null for an override where no turn is. */
      readonly turn: number | null;
    }
  | { readonly layer: string; readonly person: null; readonly why: 'not-begun' | 'off-hours' | 'all-away' }
  | {
      readonly layer: string;
      readonly person: null;
      readonly why: 'unreadable';
      /** Place, value and what is wrong with it. */
      readonly because: string;
    };

/** Who is on call by a schedule at one instant. */
export interface OnCallAt {
  /** One entry a layer of the schedule, in its order: a person, or why there is none. */
  readonly layers: readonly LayerAnswer[];
  /** Ids of the people on call, the first is called first; empty is a gap. */
  readonly line: readonly string[];
  /** Overrides that count, in the order in which they take their place: the last of a layer is called. */
  readonly taken: readonly Taken[];
}

/** An override, and the layer whose place it takes; null: it names one that there is not. */
export interface Taken {
  readonly person: string;
  readonly layer: string | null;
}
