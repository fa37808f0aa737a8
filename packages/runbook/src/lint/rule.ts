import type { RunbookDocument } from '../document/document.ts';
import type { Action, Plan, ProblemLevel, SourceRange } from '../plan.ts';

/** What a rule looks at. */
export interface LintContext {
  document: RunbookDocument;
  plan: Plan;
}

/** One hit of a rule. */
export interface Finding {
  source: SourceRange;
  message: string;
  suggestion?: string;
  /** Where a hit weighs other than its rule usually does. */
  level?: ProblemLevel;
}

/** One rule of lint; its code is documented in `docs/lint/CODE.md`. */
export interface Rule {
  code: string;
  level: ProblemLevel;
  find: (context: LintContext) => Finding[];
}

/** Actions that belong together: those of one phase, branch or scenario. */
export function actionGroups(plan: Plan): Action[][] {
  return [
    ...plan.phases.map((phase) => phase.steps.flatMap((step) => step.actions)),
    ...plan.branches.map((branch) => branch.actions),
    ...plan.scenarios.map((scenario) => scenario.actions),
  ];
}

/** Every action of the plan in the order of its groups. */
export function allActions(plan: Plan): Action[] {
  return actionGroups(plan).flat();
}

/** A rule that looks at one action at a time. */
export function actionRule(
  code: string,
  level: ProblemLevel,
  check: (action: Action, context: LintContext) => Omit<Finding, 'source'> | null,
): Rule {
  return {
    code,
    level,
    find: (context) =>
      allActions(context.plan).flatMap((action) => {
        const hit = check(action, context);
        return hit === null ? [] : [{ ...hit, source: action.source }];
      }),
  };
}
