import type { Finding } from './scenario.ts';
import { seenAt } from './seen-at.ts';

function join(some: readonly Finding[]): readonly Finding[] {
  const [first, ...others] = some.toSorted((a, b) => b.confidence - a.confidence);
  if (first === undefined || others.length === 0) return some;
  const all = (part: 'for' | 'against' | 'settles') => [
    ...new Set([first, ...others].flatMap((one) => one[part])),
  ];
  const { seenAt: _first, ...surest } = first;
  const joined = { ...surest, for: all('for'), against: all('against'), settles: all('settles') };
  return [{ ...joined, ...newestRecord(some) }];
}

/** Found in an object that still stands, too, it rests on more than records. */
function newestRecord(some: readonly Finding[]): Pick<Finding, 'seenAt'> {
  const records = some.flatMap((one) => one.seenAt ?? []);
  return records.length === some.length ? seenAt(records) : {};
}

/** What was found in two ways (one policy cuts off the database and the cache) is one cause, as sure as the surer, with all that was seen. */
export function joinSame(found: readonly Finding[]): readonly Finding[] {
  return [...Map.groupBy(found, (one) => `${one.id} ${one.subject}`).values()].flatMap(join);
}
