import { groupBy } from '../group-by.ts';
import { readHold } from '../grammar/duration-phrases.ts';
import type { Plan, Step } from '../plan.ts';
import { weightOfRise, type Change } from './change.ts';
import { movedPairs } from './moved-pairs.ts';
import type { Pair, Paired } from './pair-up.ts';
import { quote, timeText } from './phrases.ts';
import type { PlacedStep } from './step-pairs.ts';
import { textChanges } from './text-changes.ts';

/** What changed in the steps that both documents have, their commands aside. */
export function stepChanges(paired: Paired<PlacedStep>, old: Plan, next: Plan): Change[] {
  const defining = new Set([definingHold(old), definingHold(next)].filter((step) => step !== undefined));
  return [
    ...paired.pairs.flatMap(({ old: { step: before }, next: { step: after, phase } }) => {
      const kind = defining.has(before) || defining.has(after) ? 'stability' : 'hold';
      return [...holdChange(kind, before, after), ...wordChanges(before, after, phase.name)];
    }),
    ...otherPhase(paired),
    ...otherPlace(paired),
  ];
}

/** The step whose hold is the stability watch: the last that has one. */
export function definingHold(plan: Plan): Step | undefined {
  return plan.phases.flatMap(({ steps }) => steps).findLast((step) => step.holdMinutes !== undefined);
}

function holdChange(kind: 'stability' | 'hold', old: Step, next: Step): Change[] {
  if (old.holdMinutes === next.holdMinutes) return [];
  const [before, after] = [timeText(old.holdMinutes), timeText(next.holdMinutes)];
  const lead = kind === 'stability' ? 'a recovered service' : quote(next.title);
  return [
    {
      kind,
      what: 'changed',
      text: `${lead} must hold for ${after} instead of ${before}`,
      weight: weightOfRise(old.holdMinutes ?? 0, next.holdMinutes ?? 0),
      before,
      after,
      old: old.source,
      next: next.source,
    },
  ];
}

/** Title and points. Words that only carry a hold which has changed are that change. */
function wordChanges(old: Step, next: Step, phase: string): Change[] {
  const places = { old: old.source, next: next.source };
  const title = textChanges(
    { kind: 'step', name: `step of phase ${quote(phase)}`, guards: false, ...places },
    [old.title],
    [next.title],
  );
  const points = textChanges(
    { kind: 'step', name: `point of step ${quote(next.title)}`, guards: false, ...places },
    old.points,
    next.points,
  );
  const all = [...title, ...points];
  if (old.holdMinutes === next.holdMinutes) return all;
  return all.filter(({ before, after }) => readHold(before ?? '') === readHold(after ?? ''));
}

const places = ({ old, next }: Pair<PlacedStep>) => ({ old: old.step.source, next: next.step.source });

function otherPhase({ pairs }: Paired<PlacedStep>): Change[] {
  return pairs
    .filter(({ old, next }) => old.group !== next.group)
    .map((pair): Change => {
      const [before, after] = [pair.old.phase.name, pair.next.phase.name];
      const text = `step ${quote(pair.next.step.title)} moved from phase ${quote(before)} to ${quote(after)}`;
      return { kind: 'step', what: 'moved', text, weight: 'neutral', before, after, ...places(pair) };
    });
}

function otherPlace({ pairs }: Paired<PlacedStep>): Change[] {
  const groups = groupBy(
    pairs.filter(({ old, next }) => old.group === next.group),
    ({ next }) => next.group,
  );
  return [...groups.values()].flatMap((group) => {
    const olds = group.map(({ old }) => old).toSorted((a, b) => a.turn - b.turn);
    return movedPairs(group, olds).map((pair): Change => {
      const [before, after] = [turnText(pair.old), turnText(pair.next)];
      const { step, phase } = pair.next;
      const text = `step ${quote(step.title)} ${after} in phase ${quote(phase.name)}; before: ${before}`;
      return { kind: 'step', what: 'moved', text, weight: 'neutral', before, after, ...places(pair) };
    });
  });
}

/** Where a step stands: `comes first`, `follows "Check nodes"`. */
function turnText({ turn, phase }: PlacedStep): string {
  const previous = phase.steps[turn - 2];
  return previous === undefined ? 'comes first' : `follows ${quote(previous.title)}`;
}
