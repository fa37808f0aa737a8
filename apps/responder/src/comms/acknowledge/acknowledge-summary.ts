import type { Incidents } from '#incidents';
import type { Person } from '#oncall';
import type { Queryable } from '#platform';
import { waitingInSummary } from '../storm/read-held.ts';
import { acknowledgeFor, type Answered } from './acknowledge-for.ts';

/** Whoever waits for the answer waits for seconds at most, and other answers find the database free. */
const atOnce = 4;
const named = 5;

/**
 * Acknowledges every incident of which a page in this summary still waits, one by one, in the name of a person who answered it. Done again
 * it finds nothing more to do.
 */
export async function acknowledgeSummary(
  { db, incidents }: { readonly db: Queryable; readonly incidents: Pick<Incidents, 'get' | 'apply'> },
  summaryId: string,
  who: { readonly person: Person; readonly via: string },
): Promise<Answered> {
  const waiting = await waitingInSummary(db, summaryId);
  if (waiting.length === 0) return { ok: true, text: 'Nothing of it waits for an answer any more.' };
  const taken: number[] = [];
  const refused: string[] = [];
  const queue = waiting.values();
  const lane = async (): Promise<void> => {
    for (const { id, number } of queue) {
      const incident = await incidents.get(id);
      if (incident === null) continue;
      const { ok, text } = await acknowledgeFor(incidents, incident, who);
      if (ok) taken.push(number);
      else refused.push(text);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return sayTaken(
    taken.toSorted((a, b) => a - b),
    refused,
    who.person,
  );
}

function sayTaken(taken: readonly number[], refused: readonly string[], { name }: Person): Answered {
  const [why] = refused;
  const rest = refused.length > 1 ? [`So it is with ${refused.length - 1} more.`] : [];
  const done = taken.length === 0 ? [] : [`${sayNumbers(taken)} acknowledged by ${name}.`];
  const text = [...done, ...(why === undefined ? [] : [why, ...rest])].join(' ');
  return { ok: refused.length === 0, text };
}

function sayNumbers(numbers: readonly number[]): string {
  const first = numbers.slice(0, named).map((one) => `#${one}`);
  const others = numbers.length - first.length;
  if (others > 0) return `${first.join(', ')} and ${others} more are`;
  const last = first.pop() ?? '';
  return first.length === 0 ? `${last} is` : `${first.join(', ')} and ${last} are`;
}
