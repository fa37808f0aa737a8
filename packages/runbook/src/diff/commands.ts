import { groupBy } from '../group-by.ts';
import { weightOfGuard, worstOf, type Change, type Weight } from './change.ts';
import { commandFacts } from './command-facts.ts';
import type { PlacedCommand } from './command-pairs.ts';
import { movedPairs } from './moved-pairs.ts';
import type { Pair, Paired } from './pair-up.ts';
import type { Place } from './place.ts';
import { counted, quote } from './phrases.ts';

/** Commands that changed, moved, came or went; those of a whole place that came or went belong to that change. */
export function commandChanges(commands: Paired<PlacedCommand>, places: Paired<Place>): Change[] {
  const whole = new Set([...places.removed, ...places.added]);
  return [
    ...commands.pairs.flatMap((pair) =>
      commandFacts(pair.old.action, pair.next.action, pair.next.place.name).map((fact): Change => ({
        what: 'changed',
        ...fact,
        ...rangesOf(pair),
      })),
    ),
    ...otherPlace(commands),
    ...otherTurn(commands),
    ...commands.removed.filter(({ place }) => !whole.has(place)).map((gone) => alone(gone, 'removed')),
    ...commands.added.filter(({ place }) => !whole.has(place)).map((come) => alone(come, 'added')),
  ];
}

const rangesOf = ({ old, next }: Pair<PlacedCommand>) => ({
  old: old.action.source,
  next: next.action.source,
});

function otherPlace({ pairs }: Paired<PlacedCommand>): Change[] {
  return pairs
    .filter(({ old, next }) => old.group !== next.group)
    .map((pair): Change => {
      const [before, after] = [pair.old.place.name, pair.next.place.name];
      const text = `${pair.next.action.id} moved from ${before} to ${after}`;
      return { kind: 'command', what: 'moved', text, weight: 'neutral', before, after, ...rangesOf(pair) };
    });
}

function otherTurn({ pairs }: Paired<PlacedCommand>): Change[] {
  const groups = groupBy(
    pairs.filter(({ old, next }) => old.group === next.group),
    ({ next }) => next.group,
  );
  return [...groups.values()].flatMap((group) => {
    const olds = group.map(({ old }) => old).toSorted((a, b) => a.turn - b.turn);
    return movedPairs(group, olds).map((pair): Change => {
      const [before, after] = [turnText(pair.old), turnText(pair.next)];
      const text = `${pair.next.action.id} ${after} in ${pair.next.place.name}; before: ${before}`;
      return { kind: 'command', what: 'moved', text, weight: 'neutral', before, after, ...rangesOf(pair) };
    });
  });
}

/** Where a command stands: `comes first`, `follows cordon-node`. */
function turnText({ turn, place }: PlacedCommand): string {
  const previous = place.actions[turn - 2];
  return previous === undefined ? 'comes first' : `follows ${previous.id}`;
}

function alone(command: PlacedCommand, what: 'added' | 'removed'): Change {
  const { action, place } = command;
  const asks = action.approvals === 0 ? '' : `, ${counted(action.approvals, 'approval')}`;
  return {
    kind: 'command',
    what,
    text: `command ${what} in ${place.name}: ${quote(action.text)} (${action.effect}${asks})`,
    weight: weightAlone(command, what),
    ...(what === 'added'
      ? { after: action.text, next: action.source }
      : { before: action.text, old: action.source }),
  };
}

/** What destroys is weaker when it comes; proof and the way back are safer when they come. */
function weightAlone({ action }: PlacedCommand, what: 'added' | 'removed'): Weight {
  const comes = what === 'added';
  if (action.purpose !== undefined) return weightOfGuard(!comes, comes);
  return action.effect === 'destroy' ? weightOfGuard(comes, !comes) : 'neutral';
}

/** The weight of commands that come or go together. */
export function weightTogether(commands: PlacedCommand[], what: 'added' | 'removed'): Weight {
  return worstOf(commands.map((command) => weightAlone(command, what)));
}

/** `2 commands (drain-node destroy, get-nodes read)`; empty when there are none. */
export function namesTogether(commands: PlacedCommand[]): string {
  if (commands.length === 0) return '';
  const names = commands.map(({ action }) => `${action.id} ${action.effect}`);
  const shown = names.length > 6 ? [...names.slice(0, 6), '...'] : names;
  return `, ${counted(commands.length, 'command')} (${shown.join(', ')})`;
}
