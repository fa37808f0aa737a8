import type { Phase, Plan, Step } from '../plan.ts';
import { pairUp, type Paired } from './pair-up.ts';

/** A step with the phase that holds it; `group` is the same on both sides when the phases are a pair. */
export interface PlacedStep {
  step: Step;
  phase: Phase;
  group: string;
  /** Place within its phase, counted from 1. */
  turn: number;
}

/** The steps of both documents, matched within their phases first, then wherever they went. */
export function pairSteps(old: Plan, next: Plan, phases: Paired<Phase>): Paired<PlacedStep> {
  const groups = groupsOf(phases);
  const placed = (plan: Plan): PlacedStep[] =>
    plan.phases.flatMap((phase) =>
      phase.steps.map((step, index) => {
        return { step, phase, group: groups.get(phase) ?? '', turn: index + 1 };
      }),
    );
  const commands = ({ step }: PlacedStep): string => step.actions.map(({ text }) => text).join('\n');
  const all = ({ step }: PlacedStep): string =>
    JSON.stringify([step.title, step.points, step.actions.map(({ text }) => text)]);
  return pairUp(placed(old), placed(next), {
    keys: [
      (item) => `${item.group} ${all(item)}`,
      (item) => `${item.group} ${item.step.title}`,
      all,
      (item) => (item.step.actions.length === 0 ? null : `${item.group} ${commands(item)}`),
      ({ step }) => step.title,
      (item) => (item.step.actions.length === 0 ? null : commands(item)),
    ],
    text: (item) => `${item.step.title}\n${commands(item)}`,
    group: ({ group }) => group,
    ordered: true,
  });
}

function groupsOf({ pairs, removed, added }: Paired<Phase>): Map<Phase, string> {
  return new Map([
    ...pairs.flatMap(({ old, next }, index): [Phase, string][] => [
      [old, `pair ${index}`],
      [next, `pair ${index}`],
    ]),
    ...removed.map((phase, index): [Phase, string] => [phase, `removed ${index}`]),
    ...added.map((phase, index): [Phase, string] => [phase, `added ${index}`]),
  ]);
}
