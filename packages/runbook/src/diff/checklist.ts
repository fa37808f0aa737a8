import type { ChecklistLine, Plan } from '../plan.ts';
import { weightOfGuard, type Change } from './change.ts';
import { pairUp } from './pair-up.ts';
import { quote } from './phrases.ts';

type Fact = Pick<Change, 'text' | 'weight' | 'before' | 'after'>;

/** Gates of the checklist: those that came and went, their words, and what ticks them. */
export function checklistChanges(old: Plan, next: Plan): Change[] {
  const { pairs, removed, added } = pairUp(old.checklist, next.checklist, {
    keys: [({ text }) => text],
    text: ({ text }) => text,
    ordered: true,
  });
  return [
    ...pairs.flatMap((pair) =>
      [wording(pair.old, pair.next), box(pair.old, pair.next)]
        .filter((fact) => fact !== null)
        .map((fact): Change => {
          const places = { old: pair.old.source, next: pair.next.source };
          return { kind: 'checklist', what: 'changed', ...fact, ...places };
        }),
    ),
    ...removed.map((gone) => alone(gone, 'removed')),
    ...added.map((come) => alone(come, 'added')),
  ];
}

const tickedBy = ({ evidence }: ChecklistLine): string =>
  evidence === undefined || evidence === 'person' ? 'a person' : quote(evidence);

/** The words and the evidence as one fact: the evidence often follows from the words. */
function wording(old: ChecklistLine, next: ChecklistLine): Fact | null {
  const ticked =
    tickedBy(old) === tickedBy(next) ? '' : `is ticked by ${tickedBy(next)} instead of ${tickedBy(old)}`;
  if (old.text === next.text)
    return ticked === ''
      ? null
      : {
          text: `gate ${quote(next.text)} ${ticked}`,
          weight: 'neutral',
          before: tickedBy(old),
          after: tickedBy(next),
        };
  const text = `gate ${quote(old.text)} now says ${quote(next.text)}${ticked === '' ? '' : `, and ${ticked}`}`;
  return { text, weight: 'neutral', before: old.text, after: next.text };
}

function box(old: ChecklistLine, next: ChecklistLine): Fact | null {
  if (old.done === next.done) return null;
  return {
    text: `gate ${quote(next.text)} is ${boxText(next)} instead of ${boxText(old)}`,
    weight: weightOfGuard(!old.done, !next.done),
    before: boxText(old),
    after: boxText(next),
  };
}

function alone(line: ChecklistLine, what: 'added' | 'removed'): Change {
  return {
    kind: 'checklist',
    what,
    text: `gate ${what}: ${quote(line.text)}`,
    weight: what === 'added' ? 'safer' : 'weaker',
    ...(what === 'added' ? { after: line.text, next: line.source } : { before: line.text, old: line.source }),
  };
}

function boxText({ done }: ChecklistLine): string {
  return done ? 'ticked in the document' : 'open';
}
