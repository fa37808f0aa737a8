import type { Action, Branch, Phase, Plan, Scenario, SourceRange, Step } from '@tocsin/runbook';
import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver/node';
import { comparePositions, hullOf, rangeOf } from './place.ts';

/** The outline of a runbook: phases with their steps and branches, scenarios, and the actions of each. */
export function symbolsOf(plan: Plan): DocumentSymbol[] {
  const homes = new Map(plan.branches.map((branch) => [branch, phaseOf(branch, plan.phases)]));
  return inOrder([
    ...plan.phases.map((phase) =>
      phaseSymbol(
        phase,
        plan.branches.filter((branch) => homes.get(branch) === phase),
      ),
    ),
    ...plan.branches.filter((branch) => homes.get(branch) === undefined).map(branchSymbol),
    ...plan.scenarios.map(scenarioSymbol),
  ]);
}

/** The phase that a branch stands in. Numbers may repeat in a broken document; the nearest one above is meant. */
function phaseOf(branch: Branch, phases: readonly Phase[]): Phase | undefined {
  return phases.findLast((phase) => phase.n === branch.phase && phase.source.line <= branch.source.line);
}

function phaseSymbol(phase: Phase, branches: readonly Branch[]): DocumentSymbol {
  const window =
    phase.toMinutes === null ? `${phase.fromMinutes}+ min` : `${phase.fromMinutes}-${phase.toMinutes} min`;
  return symbol(
    { name: `Phase ${phase.n}: ${phase.name}`, detail: window, kind: SymbolKind.Namespace },
    phase.source,
    [...phase.steps.map(stepSymbol), ...branches.map(branchSymbol)],
  );
}

function stepSymbol(step: Step): DocumentSymbol {
  return symbol(
    { name: step.title, detail: step.kind, kind: SymbolKind.Method },
    step.source,
    step.actions.map(actionSymbol),
  );
}

function branchSymbol(branch: Branch): DocumentSymbol {
  return symbol(
    { name: `If: ${branch.when}`, detail: branch.causes.join(', '), kind: SymbolKind.Event },
    branch.source,
    branch.actions.map(actionSymbol),
  );
}

function scenarioSymbol(scenario: Scenario): DocumentSymbol {
  return symbol(
    { name: scenario.name, detail: scenario.symptoms.join(', '), kind: SymbolKind.Class },
    scenario.source,
    scenario.actions.map(actionSymbol),
  );
}

function actionSymbol(action: Action): DocumentSymbol {
  const [name = ''] = action.text.split('\n');
  const detail = action.label === undefined ? action.effect : `${action.effect}: ${action.label}`;
  return symbol({ name, detail, kind: SymbolKind.Function }, action.source, []);
}

type Named = Pick<DocumentSymbol, 'name' | 'detail' | 'kind'>;

/** Editors refuse a symbol without a name, and one whose range does not hold its heading and children. */
function symbol(named: Named, source: SourceRange, children: DocumentSymbol[]): DocumentSymbol {
  const selectionRange = rangeOf(source);
  return {
    ...named,
    name: named.name.trim() || '(without a name)',
    range: hullOf(
      selectionRange,
      children.map((child) => child.range),
    ),
    selectionRange,
    children: inOrder(children),
  };
}

function inOrder(symbols: DocumentSymbol[]): DocumentSymbol[] {
  return symbols.toSorted((a, b) => comparePositions(a.range.start, b.range.start));
}
