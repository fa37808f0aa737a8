import type { Action } from '../plan.ts';
import { pairUp, type Paired } from './pair-up.ts';
import type { Place } from './place.ts';

/** A command with what holds it; `group` is the same on both sides when the places are a pair. */
export interface PlacedCommand {
  action: Action;
  place: Place;
  group: string;
  /** Place within what holds it, counted from 1. */
  turn: number;
}

/** The commands of both documents, matched within their places first, then word for word wherever they went. */
export function pairCommands({ pairs, removed, added }: Paired<Place>): Paired<PlacedCommand> {
  const olds = [
    ...pairs.flatMap(({ old }, index) => placed(old, `pair ${index}`)),
    ...removed.flatMap((place, index) => placed(place, `removed ${index}`)),
  ];
  const nexts = [
    ...pairs.flatMap(({ next }, index) => placed(next, `pair ${index}`)),
    ...added.flatMap((place, index) => placed(place, `added ${index}`)),
  ];
  return pairUp(olds, nexts, {
    keys: [
      ({ group, action }) => `${group} ${action.id} ${action.text}`,
      ({ group, action }) => `${group} ${action.text}`,
      ({ action }) => `${action.id} ${action.text}`,
      ({ action }) => action.text,
    ],
    text: ({ action }) => action.text,
    group: ({ group }) => group,
    lastKeys: [({ group, action }) => `${group} ${action.id}`],
    ordered: true,
  });
}

function placed(place: Place, group: string): PlacedCommand[] {
  return place.actions.map((action, index) => ({ action, place, group, turn: index + 1 }));
}
