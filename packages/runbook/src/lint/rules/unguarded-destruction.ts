import { hasFlag } from '../../effect/flags.ts';
import type { Action, Fix } from '../../plan.ts';
import { kubectlOf, restartsStatefulSet } from '../commands.ts';
import { addAttribute } from '../fence-attribute.ts';
import { actionRule, type ActionFinding, type LintContext } from '../rule.ts';

/** RB060: what cannot be taken back needs a pre-check and an end. A stateful set's restart is RB061's. */
export const unguardedDestruction = actionRule('RB060', 'warning', (action, context) => {
  if (action.effect !== 'destroy' || restartsStatefulSet(action)) return null;
  return [
    ...withoutCheck(action, context),
    ...withoutEnd(action, context),
    ...withoutSecond(action, context),
  ];
});

function withoutCheck(action: Action, context: LintContext): ActionFinding[] {
  if (action.check !== undefined) return [];
  const check = isDrain(action) ? 'fleet-healthy' : 'no-other-change';
  return [guard(context, action, 'a pre-check', { pair: ['tocsin-check', check], safe: false })];
}

/** The time limit it has anyway, said out loud, changes nothing; in a shared fence it would change that of the others. */
function withoutEnd(action: Action, context: LintContext): ActionFinding[] {
  const parsed = kubectlOf(action);
  const fence = context.fenceOf(action);
  if (parsed === null || !isDrain(action) || hasFlag(parsed, '--timeout')) return [];
  if (fence?.annotation?.['timeout'] !== undefined) return [];
  const isAlone = fence !== undefined && context.actionsOf(fence).length === 1;
  const limit = `${action.timeoutMs / 1000}s`;
  return [guard(context, action, 'a timeout', { pair: ['tocsin-timeout', limit], safe: isAlone })];
}

function withoutSecond(action: Action, context: LintContext): ActionFinding[] {
  if (action.approvals >= 2) return [];
  return [guard(context, action, 'a second approval', { pair: ['tocsin-approvals', '2'], safe: false })];
}

function guard(
  context: LintContext,
  action: Action,
  missing: string,
  { pair, safe }: { pair: [string, string]; safe: boolean },
): ActionFinding {
  const fix: Fix | undefined = addAttribute(context.document, context.fenceOf(action), pair, safe);
  return {
    message: `destructive without ${missing}`,
    suggestion: `at the fence: {${JSON.stringify(pair[0])}:${JSON.stringify(pair[1])}}`,
    ...(fix === undefined ? {} : { fix }),
  };
}

function isDrain(action: Action): boolean {
  return kubectlOf(action)?.words[0] === 'drain';
}
