import type { EscalationLevel, Plan, Role } from '../plan.ts';
import { weightOfGuard, weightOfRise, type Change } from './change.ts';
import { pairUp, type Pair, type Paired } from './pair-up.ts';
import { endText, minutesInstead, quote, spanText } from './phrases.ts';

type Fact = Pick<Change, 'text' | 'weight' | 'before' | 'after'>;

/** Who is paged, and when. A level's end that only follows the next one's beginning is no fact of its own. */
export function escalationChanges(old: Plan, next: Plan, roles: Paired<Role>): Change[] {
  const { pairs, removed, added } = pairUp(old.escalation, next.escalation, {
    keys: [({ level, target }) => `${level} ${target}`, ({ target }) => target],
    text: ({ target }) => target,
    lastKeys: [({ level }) => level],
    ordered: true,
  });
  const matrix = { old: old.escalation, next: next.escalation };
  return [
    ...pairs.flatMap((pair) =>
      [beginning(pair), ending(pair, matrix), person(pair), role(pair, roles), naming(pair, matrix)]
        .filter((fact) => fact !== null)
        .map((fact): Change => {
          const places = { old: pair.old.source, next: pair.next.source };
          return { kind: 'escalation', what: 'changed', ...fact, ...places };
        }),
    ),
    ...removed.map((gone) => alone(gone, 'removed')),
    ...added.map((come) => alone(come, 'added')),
  ];
}

const called = ({ level, target }: EscalationLevel): string => `${level} (${target})`;

function beginning({ old, next }: Pair<EscalationLevel>): Fact | null {
  if (old.fromMinutes === next.fromMinutes) return null;
  return {
    text: `${called(next)} is paged after ${minutesInstead(old.fromMinutes, next.fromMinutes)}`,
    weight: weightOfRise(next.fromMinutes, old.fromMinutes),
    before: String(old.fromMinutes),
    after: String(next.fromMinutes),
  };
}

function ending(
  { old, next }: Pair<EscalationLevel>,
  matrix: { old: EscalationLevel[]; next: EscalationLevel[] },
): Fact | null {
  if (old.toMinutes === next.toMinutes) return null;
  if (isFollowed(old, matrix.old) && isFollowed(next, matrix.next)) return null;
  return {
    text: `${called(next)} ends after ${endText(next.toMinutes)} instead of ${endText(old.toMinutes)}`,
    weight: weightOfRise(old.toMinutes ?? Infinity, next.toMinutes ?? Infinity),
    before: endText(old.toMinutes),
    after: endText(next.toMinutes),
  };
}

function isFollowed(level: EscalationLevel, matrix: EscalationLevel[]): boolean {
  const following = matrix[matrix.indexOf(level) + 1];
  return following !== undefined && following.fromMinutes === level.toMinutes;
}

function person({ old, next }: Pair<EscalationLevel>): Fact | null {
  if (old.target === next.target) return null;
  const text = `${next.level} pages ${quote(next.target)} instead of ${quote(old.target)}`;
  return { text, weight: 'neutral', before: old.target, after: next.target };
}

/** The same words that mean another role: the team has changed below them. */
function role({ old, next }: Pair<EscalationLevel>, roles: Paired<Role>): Fact | null {
  if (old.target !== next.target) return null;
  const kept = roles.pairs.find((pair) => pair.old.id === old.roleId)?.next.id;
  if ((kept ?? old.roleId) === next.roleId) return null;
  const [before, after] = [old.roleId ?? 'no role', next.roleId ?? 'no role'];
  const weight = weightOfGuard(old.roleId !== undefined, next.roleId !== undefined);
  return { text: `${called(next)} means ${after} of the team instead of ${before}`, weight, before, after };
}

/** A new name counts only where no other level moved the numbering. */
function naming(
  { old, next }: Pair<EscalationLevel>,
  matrix: { old: EscalationLevel[]; next: EscalationLevel[] },
): Fact | null {
  if (old.level === next.level || matrix.old.indexOf(old) !== matrix.next.indexOf(next)) return null;
  const text = `level ${quote(old.level)} (${next.target}) is called ${quote(next.level)}`;
  return { text, weight: 'neutral', before: old.level, after: next.level };
}

function alone(level: EscalationLevel, what: 'added' | 'removed'): Change {
  return {
    kind: 'escalation',
    what,
    text: `escalation level ${what}: ${called(level)}, ${spanText(level)}`,
    weight: what === 'added' ? 'safer' : 'weaker',
    ...(what === 'added'
      ? { after: level.target, next: level.source }
      : { before: level.target, old: level.source }),
  };
}
