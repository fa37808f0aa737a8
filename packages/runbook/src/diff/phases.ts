import type { Phase, Plan } from '../plan.ts';
import { weightOfGuard, weightOfRise, type Change } from './change.ts';
import { pairUp, type Pair, type Paired } from './pair-up.ts';
import { endText, minutesText, quote, spanText } from './phrases.ts';

type Fact = Pick<Change, 'kind' | 'text' | 'weight' | 'before' | 'after'>;

/** The phases of both documents, matched by name, then by steps, then by number. */
export function pairPhases(old: Plan, next: Plan): Paired<Phase> {
  return pairUp(old.phases, next.phases, {
    keys: [
      (phase) => `${phase.name} ${spanText(phase)}`,
      ({ name }) => name,
      ({ steps }) => (steps.length === 0 ? null : steps.map(({ title }) => title).join('\n')),
    ],
    text: ({ name, steps }) => [name, ...steps.map(({ title }) => title)].join('\n'),
    lastKeys: [({ n, ...phase }) => `${n} ${spanText(phase)}`, ({ n }) => String(n)],
  });
}

/** Names and windows of matched phases. A beginning that only follows the end before it is no fact of its own. */
export function phaseChanges({ pairs }: Paired<Phase>, old: Plan, next: Plan): Change[] {
  return pairs.flatMap((pair) =>
    [naming(pair), timing(pair), ...windowFacts(pair, old.phases, next.phases)]
      .filter((fact) => fact !== null)
      .map((fact): Change => {
        return { what: 'changed', ...fact, old: pair.old.source, next: pair.next.source };
      }),
  );
}

function naming({ old, next }: Pair<Phase>): Fact | null {
  if (old.name === next.name) return null;
  const text = `phase ${quote(old.name)} is called ${quote(next.name)}`;
  return { kind: 'phase', text, weight: 'neutral', before: old.name, after: next.name };
}

function timing({ old, next }: Pair<Phase>): Fact | null {
  if (old.timed === next.timed) return null;
  const [before, after] = [windowText(old), windowText(next)];
  const text = `window of phase ${quote(next.name)}: ${before} -> ${after}`;
  return { kind: 'window', text, weight: weightOfGuard(old.timed, next.timed), before, after };
}

function windowFacts({ old, next }: Pair<Phase>, olds: Phase[], nexts: Phase[]): Fact[] {
  if (!old.timed || !next.timed) return [];
  const facts: Fact[] = [];
  const name = `phase ${quote(next.name)}`;
  const moved = old.fromMinutes !== next.fromMinutes;
  if (moved && !(isFollowing(old, olds) && isFollowing(next, nexts)))
    facts.push({
      kind: 'window',
      text: `${name} begins after ${minutesText(next.fromMinutes)} instead of ${minutesText(old.fromMinutes)}`,
      weight: weightOfRise(next.fromMinutes, old.fromMinutes),
      before: minutesText(old.fromMinutes),
      after: minutesText(next.fromMinutes),
    });
  if (old.toMinutes !== next.toMinutes)
    facts.push({
      kind: 'window',
      text: `${name} ends after ${endText(next.toMinutes)} instead of ${endText(old.toMinutes)}`,
      weight: weightOfRise(next.toMinutes ?? Infinity, old.toMinutes ?? Infinity),
      before: endText(old.toMinutes),
      after: endText(next.toMinutes),
    });
  return facts;
}

function isFollowing(phase: Phase, all: Phase[]): boolean {
  const before = all[all.indexOf(phase) - 1];
  return before !== undefined && before.toMinutes === phase.fromMinutes;
}

function windowText(phase: Phase): string {
  return phase.timed ? spanText(phase) : 'none';
}
