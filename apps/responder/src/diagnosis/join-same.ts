import type { Finding } from './scenario.ts';

function join(some: readonly Finding[]): readonly Finding[] {
  const [first, ...others] = some.toSorted((a, b) => b.confidence - a.confidence);
  if (first === undefined || others.length === 0) return some;
  const all = (part: 'for' | 'against' | 'settles') => [
    ...new Set([first, ...others].flatMap((one) => one[part])),
  ];
  return [{ ...first, for: all('for'), against: all('against'), settles: all('settles') }];
}

/** What was found in two ways (one policy cuts off the database and the cache) is one cause, as sure as the surer, with all that was seen. */
export function joinSame(found: readonly Finding[]): readonly Finding[] {
  return [...Map.groupBy(found, (one) => `${one.id} ${one.subject}`).values()].flatMap(join);
}
