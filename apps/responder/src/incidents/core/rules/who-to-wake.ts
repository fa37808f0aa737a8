import type { OnCallView, Person } from '#oncall';

/** Somebody to wake, for which level, and what to tell them when it is not the level that was meant. */
export interface Wake {
  readonly person: Person;
  /** 1-based. */
  readonly level: number;
  readonly note: string | null;
  /** The document's role that is woken, when it is not a level. */
  readonly role?: string;
}

/**
 * The person to wake when `wanted` is the level to reach. An empty or unreachable level is skipped at once towards
 * somebody: the last filled lower level again, and only when nobody lower can be woken a higher one. Null: nobody at all.
 */
export function whoToWake(onCall: OnCallView, wanted: number, unreachable: ReadonlySet<string>): Wake | null {
  const own = reachable(onCall, wanted, unreachable);
  if (own !== null) return { person: own, level: wanted, note: whyThem(onCall, wanted, own) };
  const why = describeGap(onCall, wanted);
  for (const level of [...below(wanted), ...above(wanted, onCall.levels.length)]) {
    const person = reachable(onCall, level, unreachable);
    if (person !== null) return { person, level, note: `${why}; ${nameOf(onCall, level)} is woken instead` };
  }
  const helper = Object.values(onCall.roles)
    .flat()
    .find((one) => canBeReached(one, unreachable));
  if (helper !== undefined)
    return {
      person: helper,
      level: wanted,
      note: `${why}, nor any other level; somebody of another role is woken instead`,
    };
  const last = lastResort(onCall, unreachable);
  if (last === null) return null;
  const note = `${why}, nor any other level or role; ${last.why}, but there is nobody else`;
  return { person: last.person, level: wanted, note };
}

/** When there is nobody else at all: whose turn cannot be told, then who is away. */
function lastResort({ unread = [], away = [] }: OnCallView, unreachable: ReadonlySet<string>) {
  const person = [...unread, ...away].find((one) => canBeReached(one, unreachable));
  if (person === undefined) return null;
  return { person, why: unread.includes(person) ? 'whether it is your turn cannot be told' : 'you are away' };
}

/** Why it is them when they are called in another's place. */
function whyThem(onCall: OnCallView, level: number, person: Person): string | null {
  return onCall.levels.find((one) => one.level === level)?.because?.[person.id] ?? null;
}

/** `Secondary on-call engineer (level 2)`. */
export function nameOf(onCall: OnCallView, level: number): string {
  const found = onCall.levels.find((one) => one.level === level);
  return found === undefined ? `level ${level}` : `${found.target} (level ${level})`;
}

function reachable(onCall: OnCallView, level: number, unreachable: ReadonlySet<string>): Person | null {
  const persons = onCall.levels.find((one) => one.level === level)?.persons ?? [];
  return persons.find((one) => canBeReached(one, unreachable)) ?? null;
}

/** Somebody with a way to be reached that has not failed. */
export function canBeReached(person: Person, unreachable: ReadonlySet<string>): boolean {
  return person.contacts.length > 0 && !unreachable.has(person.id);
}

function describeGap(onCall: OnCallView, level: number): string {
  const found = onCall.levels.find((one) => one.level === level);
  if (found !== undefined && found.persons.length > 0)
    return `nobody of ${nameOf(onCall, level)} can be reached`;
  const because = found?.gap === undefined ? '' : ` (${found.gap})`;
  return `nobody fills ${nameOf(onCall, level)}${because}`;
}

function below(level: number): number[] {
  return Array.from({ length: Math.max(0, level - 1) }, (_, index) => level - 1 - index);
}

function above(level: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - level) }, (_, index) => level + 1 + index);
}
