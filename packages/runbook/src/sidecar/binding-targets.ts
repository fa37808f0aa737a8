import { slug } from '../document/plain-text.ts';
import type { Action, Branch, ChecklistLine, Detector, Plan, Scenario, SourceRange, Step } from '../plan.ts';
import { statementHash } from './text-hash.ts';

/** A part of the plan that a binding can speak about; `text` is what its hash is made of. */
export type Target = { id: string; text: string; source: SourceRange } & (
  | { kind: 'action'; action: Action }
  | { kind: 'step'; step: Step }
  | { kind: 'branch'; branch: Branch }
  | { kind: 'scenario'; scenario: Scenario }
  | { kind: 'detector'; detector: Detector }
  | { kind: 'line'; line: ChecklistLine }
);

/** All parts of a plan that can be bound, in the order of the plan. Ids are unique. */
export function bindingTargets(plan: Plan): Target[] {
  const steps = plan.phases.flatMap((phase) => phase.steps);
  const named = numbering();
  return [
    ...plan.detectors.map((detector): Target => {
      const { text, source } = detector;
      return { kind: 'detector', id: named('detector', nameOf(text)), text, source, detector };
    }),
    ...steps.flatMap((step): Target[] => [
      { kind: 'step', id: step.id, text: textOf(step.title, step.actions), source: step.source, step },
      ...step.actions.map(ofAction),
    ]),
    ...plan.branches.flatMap((branch): Target[] => {
      const { id, when, actions, source } = branch;
      return [{ kind: 'branch', id, text: textOf(when, actions), source, branch }, ...actions.map(ofAction)];
    }),
    ...plan.scenarios.flatMap((scenario): Target[] => {
      const { id, name, actions, source } = scenario;
      return [
        { kind: 'scenario', id, text: textOf(name, actions), source, scenario },
        ...actions.map(ofAction),
      ];
    }),
    ...plan.checklist.map((line): Target => {
      const { text, source } = line;
      return { kind: 'line', id: named('line', nameOf(text)), text, source, line };
    }),
  ];
}

/** The hash that a binding of this part must carry. */
export function hashOfTarget(target: Target): string {
  return statementHash(target.text);
}

function ofAction(action: Action): Target {
  return { kind: 'action', id: action.id, text: action.text, source: action.source, action };
}

function textOf(title: string, actions: Action[]): string {
  return [title, ...actions.map((action) => action.text)].join('\n');
}

/** Without limits and numbers, so that a changed threshold makes a binding stale and does not lose it. */
function nameOf(text: string): string {
  return (
    slug(text.replace(/\([^()]*\)|[<>]=?\s*\S+|(?<![\p{L}\d])\d+(?:[.,]\d+)?(?![\p{L}\d])/gu, ' ')) || 'item'
  );
}

function numbering(): (prefix: string, name: string) => string {
  const used = new Map<string, number>();
  return (prefix, name) => {
    const base = `${prefix}-${name}`;
    const n = (used.get(base) ?? 0) + 1;
    used.set(base, n);
    return n === 1 ? base : `${base}-${n}`;
  };
}
