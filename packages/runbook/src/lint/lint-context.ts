import { groupBy } from '../group-by.ts';
import type { Block, FenceBlock, RunbookDocument } from '../document/document.ts';
import type { Action, Plan } from '../plan.ts';
import { kubectlOf, namespaceOf } from './commands.ts';
import type { LintContext, NamespacesNamed } from './rule.ts';

/** Everything the rules look at, gathered once. */
export function lintContext(document: RunbookDocument, plan: Plan): LintContext {
  const groups = actionGroups(plan);
  const actions = groups.flat();
  const fences = document.sections.flatMap((section) => fencesIn(section.blocks));
  const fenceByLine = new Map(fences.flatMap((fence) => fence.starts.map(({ line }) => [line, fence])));
  const fenceOf = (action: Action): FenceBlock | undefined => fenceByLine.get(action.source.line);
  const byFence = groupBy(actions, fenceOf);
  return {
    document,
    plan,
    actions,
    groups,
    fences,
    fenceOf,
    actionsOf: (fence) => byFence.get(fence) ?? [],
    namespaces: namespacesNamed(plan, actions),
  };
}

function actionGroups(plan: Plan): Action[][] {
  return [
    ...plan.phases.map((phase) => phase.steps.flatMap((step) => step.actions)),
    ...plan.branches.map((branch) => branch.actions),
    ...plan.scenarios.map((scenario) => scenario.actions),
  ];
}

function fencesIn(blocks: Block[]): FenceBlock[] {
  return blocks.flatMap((block) => {
    if (block.type === 'fence') return [block];
    return block.type === 'list' ? block.items.flatMap((item) => fencesIn(item.blocks)) : [];
  });
}

function namespacesNamed(plan: Plan, actions: Action[]): NamespacesNamed {
  const literal = actions
    .map(kubectlOf)
    .flatMap((parsed) => (parsed === null ? [] : [namespaceOf(parsed) ?? '']))
    .filter((name) => /^[a-z0-9][a-z0-9-]*$/.test(name));
  const named = [...new Set(literal)];
  const agreed = plan.settings['namespace'] ?? (named.length === 1 ? named[0] : undefined);
  return agreed === undefined ? { named } : { agreed, named };
}
