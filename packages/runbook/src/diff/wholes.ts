import { groupBy } from '../group-by.ts';
import type { Action, Branch, Phase, Plan, Scenario, SourceRange } from '../plan.ts';
import { weightOfGuard, worstOf, type Change, type ChangeKind, type Weight } from './change.ts';
import type { PlacedCommand } from './command-pairs.ts';
import { namesTogether, weightTogether } from './commands.ts';
import type { Paired } from './pair-up.ts';
import { counted, minutesText, quote, spanText } from './phrases.ts';
import type { PlacedStep } from './step-pairs.ts';
import { definingHold } from './steps.ts';

/** What came or went as a whole, and the commands that came or went with it; what only moved is not among them. */
interface Whole {
  kind: ChangeKind;
  name: string;
  text: string;
  source: SourceRange;
  weights: Weight[];
  commands: PlacedCommand[];
}

interface Parts {
  phases: Phase[];
  steps: PlacedStep[];
  branches: Branch[];
  scenarios: Scenario[];
  commands: PlacedCommand[];
}

/** One change for every phase, step, branch and scenario that only one of the documents has. */
export function wholeChanges(
  paired: { [Part in keyof Parts]: Paired<Parts[Part][number]> },
  old: Plan,
  next: Plan,
): Change[] {
  const partsOf = (side: 'removed' | 'added'): Parts => ({
    phases: paired.phases[side],
    steps: paired.steps[side],
    branches: paired.branches[side],
    scenarios: paired.scenarios[side],
    commands: paired.commands[side],
  });
  return [
    ...wholesOf(partsOf('removed'), 'removed', old).map((whole) => changeOf(whole, 'removed')),
    ...wholesOf(partsOf('added'), 'added', next).map((whole) => changeOf(whole, 'added')),
  ];
}

function wholesOf(parts: Parts, what: 'removed' | 'added', plan: Plan): Whole[] {
  const byPlace = groupBy(parts.commands, ({ place }) => place.actions);
  const within = (actions: Action[]): PlacedCommand[] => byPlace.get(actions) ?? [];
  const inPhase = new Set(parts.phases);
  const stability = definingHold(plan);
  return [
    ...parts.phases.map((phase): Whole => {
      const steps = parts.steps.filter((one) => one.phase === phase).map(({ step }) => step);
      const hold = steps.find((step) => step === stability);
      return {
        kind: 'phase',
        name: phase.name,
        text: `${spanText(phase)}, ${counted(steps.length, 'step')}${holdText(hold)}`,
        source: phase.source,
        weights: [holdWeight(hold, what)],
        commands: steps.flatMap(({ actions }) => within(actions)),
      };
    }),
    ...parts.steps
      .filter(({ phase }) => !inPhase.has(phase))
      .map(({ step, phase }): Whole => {
        const hold = step === stability ? step : undefined;
        return {
          kind: 'step',
          name: step.title,
          text: `phase ${quote(phase.name)}${holdText(hold)}`,
          source: step.source,
          weights: [holdWeight(hold, what)],
          commands: within(step.actions),
        };
      }),
    ...parts.branches.map((branch) => answerOf('branch', { ...branch, name: branch.when }, within, what)),
    ...parts.scenarios.map((scenario) => answerOf('scenario', scenario, within, what)),
  ];
}

function holdText(step: { holdMinutes?: number } | undefined): string {
  return step?.holdMinutes === undefined ? '' : `, the stability watch of ${minutesText(step.holdMinutes)}`;
}

function holdWeight(step: object | undefined, what: 'removed' | 'added'): Weight {
  return step === undefined ? 'neutral' : guardWeight(what);
}

function guardWeight(what: 'removed' | 'added'): Weight {
  return weightOfGuard(what === 'removed', what === 'added');
}

function answerOf(
  kind: 'branch' | 'scenario',
  answer: Pick<Scenario, 'name' | 'causes' | 'actions' | 'source'>,
  within: (actions: Action[]) => PlacedCommand[],
  what: 'removed' | 'added',
): Whole {
  const { name, causes, actions, source } = answer;
  return {
    kind,
    name,
    text: causes.length === 0 ? 'answers no diagnosis' : `answers ${causes.join(', ')}`,
    source,
    weights: [causes.length === 0 ? 'neutral' : guardWeight(what)],
    commands: within(actions),
  };
}

/** A whole may weigh `weaker` both ways: a branch that goes is missed, and one that comes may bring what destroys. */
function changeOf({ kind, name, text, source, weights, commands }: Whole, what: 'removed' | 'added'): Change {
  return {
    kind,
    what,
    text: `${kind} ${what}: ${quote(name)} (${text}${namesTogether(commands)})`,
    weight: worstOf([...weights, weightTogether(commands, what)]),
    ...(what === 'added' ? { after: name, next: source } : { before: name, old: source }),
  };
}
