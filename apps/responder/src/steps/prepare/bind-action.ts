import type { Action } from '@tocsin/runbook';
import { addDrainTimeout, drainTimeout } from './add-drain-timeout.ts';
import { fillPipeline } from './bind-values.ts';
import { readChange, type Change } from './change.ts';

/** What an action becomes once its values are in. */
export interface BoundAction {
  readonly pipeline: readonly (readonly string[])[];
  readonly values: Readonly<Record<string, string>>;
  readonly change: Change;
  /** Arguments that the document does not have, and why they are there. */
  readonly added: readonly { readonly argument: string; readonly because: string }[];
}

/** Puts the values in and adds the limit that a drain needs. */
export function bindAction(
  action: Pick<Action, 'pipeline'>,
  values: Readonly<Record<string, string>>,
): BoundAction {
  const { pipeline, added } = addDrainTimeout(fillPipeline(action.pipeline ?? [], values));
  const because = 'the document sets no limit';
  return {
    pipeline,
    values,
    change: readChange(pipeline),
    added: added ? [{ argument: drainTimeout, because }] : [],
  };
}
