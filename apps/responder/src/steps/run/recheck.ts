import type { Check, Step } from '#incidents';
import type { CheckInput } from '../checks/pre-check.ts';
import { runChecks, unreadable } from '../checks/run-checks.ts';
import type { LiveView } from '../live-view.ts';
import { bindingHash } from '../prepare/binding-hash.ts';
import { fieldsOf, readChange, targetOf } from '../prepare/change.ts';
import { targetUid } from '../prepare/target-uid.ts';

/** What was approved must be exactly what would run now, on the same object, and every check must hold once more. */
export function recheck(
  step: Step,
  live: LiveView | string,
  about: Pick<CheckInput, 'runningSteps' | 'ours' | 'takesBack'>,
  named: string | undefined,
): readonly Check[] {
  if (typeof live === 'string') return unreadable(live);
  const change = readChange(step.pipeline);
  const { actionId, pipeline, values } = step;
  const uid = targetUid(change, live);
  const hash = bindingHash({
    actionId,
    pipeline,
    values,
    target: targetOf(change),
    targetUid: uid,
    fields: fieldsOf(change),
  });
  const same = hash === step.bindingHash;
  const text = same
    ? `approved and present target are the same: ${step.target}`
    : `approved for ${step.target} with uid ${step.targetUid ?? 'none'}, now uid ${uid ?? 'none'}; approve it anew`;
  return [{ name: 'approval-binds', ok: same, text }, ...runChecks({ ...about, live, change }, named)];
}
