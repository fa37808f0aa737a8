import type { SourceRange } from '../plan.ts';

/** What a change is about. */
export type ChangeKind =
  | 'setting'
  | 'placeholder'
  | 'severity'
  | 'criterion'
  | 'detector'
  | 'threshold'
  | 'role'
  | 'contact'
  | 'escalation'
  | 'phase'
  | 'window'
  | 'step'
  | 'hold'
  | 'stability'
  | 'branch'
  | 'scenario'
  | 'symptom'
  | 'causes'
  | 'command'
  | 'effect'
  | 'approvals'
  | 'check'
  | 'annotation'
  | 'cadence'
  | 'trigger'
  | 'checklist';

/** `weaker`: the next plan notices less, asks fewer people, wakes somebody later or may do more harm; `safer` is the reverse. */
export type Weight = 'weaker' | 'neutral' | 'safer';

/** One difference in what two plans do. */
export interface Change {
  kind: ChangeKind;
  what: 'added' | 'removed' | 'changed' | 'moved';
  /** In words, with the old and the new value. */
  text: string;
  weight: Weight;
  /** The fact as it was and as it is, where there is one on that side. */
  before?: string;
  after?: string;
  /** Its place in the old and in the next text; absent for what the plan keeps without a place, such as roles. */
  old?: SourceRange;
  next?: SourceRange;
}

const ORDER: Weight[] = ['weaker', 'neutral', 'safer'];

/** The dangerous first; within a weight the order stays. */
export function byWeight(changes: Change[]): Change[] {
  return changes.toSorted((a, b) => ORDER.indexOf(a.weight) - ORDER.indexOf(b.weight));
}

/** `weaker` when the number that protects fell, `safer` when it rose. */
export function weightOfRise(before: number, after: number): Weight {
  if (before === after) return 'neutral';
  return after > before ? 'safer' : 'weaker';
}

/** The weight of several facts together: one weaker fact makes all of it weaker. */
export function worstOf(weights: Weight[]): Weight {
  return ORDER.find((weight) => weight !== 'neutral' && weights.includes(weight)) ?? 'neutral';
}

/** Weight of a thing that protects: its coming is safer, its going weaker. */
export function weightOfGuard(had: boolean, has: boolean): Weight {
  return weightOfRise(Number(had), Number(has));
}
