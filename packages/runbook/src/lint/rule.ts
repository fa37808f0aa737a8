import type { FenceBlock, RunbookDocument } from '../document/document.ts';
import type { Action, Fix, Plan, ProblemLevel, SourceRange } from '../plan.ts';

/** What a rule looks at. */
export interface LintContext {
  document: RunbookDocument;
  plan: Plan;
  /** Every action of the plan in the order of its groups. */
  actions: Action[];
  /** Actions that belong together: those of one phase, branch or scenario. */
  groups: Action[][];
  /** Every fence of the document, those inside lists included, in the order of the text. */
  fences: FenceBlock[];
  /** The fence an action stands in. */
  fenceOf: (action: Action) => FenceBlock | undefined;
  /** All actions of one fence. */
  actionsOf: (fence: FenceBlock) => Action[];
  /** The namespaces the document speaks of. */
  namespaces: NamespacesNamed;
}

/** Which namespaces front matter and commands name. */
export interface NamespacesNamed {
  /** The one that front matter says, or else all commands that name one agree on. */
  agreed?: string;
  /** All that commands name, each once. */
  named: string[];
}

/** One hit of a rule. */
export interface Finding {
  source: SourceRange;
  message: string;
  suggestion?: string;
  fix?: Fix;
  /** Where a hit weighs other than its rule usually does. */
  level?: ProblemLevel;
}

/** One rule of lint; its code is documented in `docs/lint/CODE.md`. */
export interface Rule {
  code: string;
  level: ProblemLevel;
  find: (context: LintContext) => Finding[];
}

/** A hit in an action: without a place of its own it is the whole statement. */
export type ActionFinding = Omit<Finding, 'source'> & { source?: SourceRange | undefined };

/** A rule that looks at one action at a time. */
export function actionRule(
  code: string,
  level: ProblemLevel,
  check: (action: Action, context: LintContext) => ActionFinding | ActionFinding[] | null,
): Rule {
  return {
    code,
    level,
    find: (context) =>
      context.actions.flatMap((action) => {
        const hits = check(action, context) ?? [];
        return (Array.isArray(hits) ? hits : [hits]).map((hit) => ({
          ...hit,
          source: hit.source ?? action.source,
        }));
      }),
  };
}
