import type { Action, Branch, Phase, Scenario, SourceRange } from '../plan.ts';
import type { Paired } from './pair-up.ts';
import { quote } from './phrases.ts';
import type { PlacedStep } from './step-pairs.ts';

/** Something that holds commands: a step, a branch or a scenario. */
export interface Place {
  name: string;
  actions: Action[];
  source: SourceRange;
}

/** Every place of both documents, matched. */
export function pairPlaces(
  steps: Paired<PlacedStep>,
  branches: Paired<Branch>,
  scenarios: Paired<Scenario>,
): Paired<Place> {
  return joined([
    mapped(steps, ({ step }) => stepPlace(step)),
    mapped(branches, branchPlace),
    mapped(scenarios, scenarioPlace),
  ]);
}

const stepPlace = ({ title, actions, source }: Phase['steps'][number]): Place => {
  return { name: `step ${quote(title)}`, actions, source };
};

const branchPlace = ({ when, actions, source }: Branch): Place => {
  return { name: `branch ${quote(when)}`, actions, source };
};

const scenarioPlace = ({ name, actions, source }: Scenario): Place => {
  return { name: `scenario ${quote(name)}`, actions, source };
};

function mapped<T, U>({ pairs, removed, added }: Paired<T>, change: (item: T) => U): Paired<U> {
  return {
    pairs: pairs.map(({ old, next }) => ({ old: change(old), next: change(next) })),
    removed: removed.map(change),
    added: added.map(change),
  };
}

function joined<T>(parts: Paired<T>[]): Paired<T> {
  return {
    pairs: parts.flatMap(({ pairs }) => pairs),
    removed: parts.flatMap(({ removed }) => removed),
    added: parts.flatMap(({ added }) => added),
  };
}
