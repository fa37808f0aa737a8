import type { Action, Effect } from '../plan.ts';
import { weightOfGuard, weightOfRise, worstOf, type Change, type Weight } from './change.ts';
import { counted, quote } from './phrases.ts';

type Fact = Pick<Change, 'kind' | 'text' | 'weight' | 'before' | 'after'>;

const EFFECTS: Effect[] = ['read', 'create-temp', 'mutate', 'destroy'];
const USUAL_APPROVALS: Record<Effect, number> = { read: 0, 'create-temp': 1, mutate: 1, destroy: 2 };

/** What differs in one command. Whatever follows from other words is told with them, as one fact. */
export function commandFacts(old: Action, next: Action, place: string): Fact[] {
  const facts = old.text === next.text ? guardFacts(old, next) : [rewritten(old, next, place)];
  return [...facts, ...annotationFacts(old, next)];
}

function rewritten(old: Action, next: Action, place: string): Fact {
  const details = [
    effectText(old, next),
    approvalsText(old, next),
    byHandText(old, next),
    limitText(old, next),
  ].filter((detail) => detail !== null);
  return {
    kind: 'command',
    text: [`command changed in ${place}: ${quote(old.text)} -> ${quote(next.text)}`, ...details].join('; '),
    weight: worstOf([
      weightOfRise(EFFECTS.indexOf(next.effect), EFFECTS.indexOf(old.effect)),
      weightOfRise(spareApprovals(old), spareApprovals(next)),
    ]),
    before: old.text,
    after: next.text,
  };
}

/** The same words, treated otherwise. */
function guardFacts(old: Action, next: Action): Fact[] {
  const facts: Fact[] = [];
  if (old.effect !== next.effect)
    facts.push({
      kind: 'effect',
      text: [`${next.id} ${effectText(old, next)}`, approvalsText(old, next)].filter(Boolean).join('; '),
      weight: worstOf([effectWeight(old, next), weightOfRise(old.approvals, next.approvals)]),
      before: old.effect,
      after: next.effect,
    });
  else if (old.approvals !== next.approvals)
    facts.push({
      kind: 'approvals',
      text: `${next.id} ${approvalsText(old, next)}`,
      weight: weightOfRise(old.approvals, next.approvals),
      before: String(old.approvals),
      after: String(next.approvals),
    });
  if (isByHand(old) !== isByHand(next))
    facts.push({
      kind: 'annotation',
      text: `${next.id} ${byHandText(old, next)}`,
      weight: next.effect === 'read' ? 'neutral' : weightOfGuard(isByHand(old), isByHand(next)),
      before: runsBy(old),
      after: runsBy(next),
    });
  if (old.timeoutMs !== next.timeoutMs) facts.push(limitFact(old, next));
  return facts;
}

/** A command of the same words that counts as more harmful is treated with more care. */
function effectWeight(old: Action, next: Action): Weight {
  return weightOfRise(EFFECTS.indexOf(old.effect), EFFECTS.indexOf(next.effect));
}

function limitFact(old: Action, next: Action): Fact {
  const [before, after] = [secondsText(old), secondsText(next)];
  return { kind: 'annotation', text: `${next.id} ${limitText(old, next)}`, weight: 'neutral', before, after };
}

const isByHand = ({ manual }: Action): boolean => manual !== undefined;
const runsBy = (action: Action): string => (isByHand(action) ? 'a person' : 'Tocsin');
const secondsText = ({ timeoutMs }: Action): string => `${timeoutMs / 1000} s`;

function effectText(old: Action, next: Action): string | null {
  return old.effect === next.effect ? null : `counts as ${next.effect} instead of ${old.effect}`;
}

function approvalsText(old: Action, next: Action): string | null {
  if (old.approvals === next.approvals) return null;
  return `now needs ${counted(next.approvals, 'approval')} instead of ${old.approvals}`;
}

function byHandText(old: Action, next: Action): string | null {
  return isByHand(old) === isByHand(next) ? null : `is run by ${runsBy(next)} instead of ${runsBy(old)}`;
}

function limitText(old: Action, next: Action): string | null {
  if (old.timeoutMs === next.timeoutMs) return null;
  return `is cut off after ${secondsText(next)} instead of ${secondsText(old)}`;
}

function annotationFacts(old: Action, next: Action): Fact[] {
  return [
    checkFact(old, next),
    noteFact({ id: next.id, name: 'native probe' }, old.probe, next.probe),
    noteFact({ id: next.id, name: 'purpose' }, purposeOf(old), purposeOf(next)),
    noteFact({ id: next.id, name: 'a grep without a match' }, noMatchOf(old), noMatchOf(next)),
    noteFact({ id: next.id, name: 'marked as added' }, yes(old.added), yes(next.added)),
  ].filter((fact) => fact !== null);
}

const yes = (flag: boolean | undefined): string | undefined => (flag === true ? 'yes' : undefined);
const noMatchOf = ({ noMatchOk }: Action): string | undefined => (noMatchOk === true ? 'is fine' : undefined);

function purposeOf({ purpose, undoOf }: Action): string | undefined {
  return undoOf === undefined ? purpose : `undo of ${undoOf}`;
}

function checkFact(old: Action, next: Action): Fact | null {
  const fact = noteFact({ id: next.id, name: 'pre-check' }, old.check, next.check);
  const weight = weightOfGuard(old.check !== undefined, next.check !== undefined);
  return fact === null ? null : { ...fact, kind: 'check', weight };
}

function noteFact(
  about: { id: string; name: string },
  before: string | undefined,
  after: string | undefined,
): Fact | null {
  if (before === after) return null;
  return {
    kind: 'annotation',
    text: `${about.id}, ${about.name}: ${before ?? 'none'} -> ${after ?? 'none'}`,
    weight: 'neutral',
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Approvals beyond, or short of, what the effect asks for by itself. */
function spareApprovals({ approvals, effect }: Action): number {
  return approvals - USUAL_APPROVALS[effect];
}
