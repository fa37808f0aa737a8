import type { CaseFile } from './case-file.ts';
import type { CauseId, Diagnosis } from './diagnosis.ts';

/** A diagnosis as its scenario finds it. */
export interface Finding extends Diagnosis {
  /** The dependency that it is about (`statefulset/postgres`), where the subject names something else. */
  readonly about?: string;
}

/** One named kind of outage: a pure look at the facts. */
export interface Scenario {
  readonly id: CauseId;
  /** Said in the diagnosis `unknown` when this scenario found nothing. */
  readonly ruledOut: string | ((file: CaseFile) => string);
  /** Every cause of this kind that the facts speak for; empty when none does. */
  find(file: CaseFile): readonly Finding[];
}

/** Confidence from which a cause is held to be true. */
export const heldFrom = 0.5;
