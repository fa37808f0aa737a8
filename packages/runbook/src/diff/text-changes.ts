import type { SourceRange } from '../plan.ts';
import { weightOfGuard, type Change, type ChangeKind } from './change.ts';
import { pairUp } from './pair-up.ts';
import { quote } from './phrases.ts';

/** What a list of texts is a list of. */
export interface Subject {
  kind: ChangeKind;
  /** As in `criterion of P0`. */
  name: string;
  /** True when a text that goes takes protection with it. */
  guards: boolean;
  old?: SourceRange;
  next?: SourceRange;
}

/** Texts that came, went or were reworded; their order does not count. */
export function textChanges(subject: Subject, olds: string[], nexts: string[]): Change[] {
  const { pairs, removed, added } = pairUp(olds, nexts, { keys: [itself], text: itself, ordered: true });
  const places = {
    ...(subject.old === undefined ? {} : { old: subject.old }),
    ...(subject.next === undefined ? {} : { next: subject.next }),
  };
  const alone = (text: string, what: 'added' | 'removed'): Change => ({
    kind: subject.kind,
    what,
    text: `${subject.name} ${what}: ${quote(text)}`,
    weight: subject.guards ? weightOfGuard(what === 'removed', what === 'added') : 'neutral',
    ...(what === 'added' ? { after: text } : { before: text }),
    ...places,
  });
  const reworded = pairs
    .filter(({ old, next }) => old !== next)
    .map(({ old, next }): Change => ({
      kind: subject.kind,
      what: 'changed',
      text: `${subject.name} reworded: ${quote(old)} -> ${quote(next)}`,
      weight: 'neutral',
      before: old,
      after: next,
      ...places,
    }));
  return [
    ...reworded,
    ...removed.map((text) => alone(text, 'removed')),
    ...added.map((text) => alone(text, 'added')),
  ];
}

function itself(text: string): string {
  return text;
}
