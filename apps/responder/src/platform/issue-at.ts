import type { Issue } from './app-error.ts';

const longest = 120;

/** A bad value by its path in what was given, and what was expected there; `part`: of a request, before the path. */
export function issueAt(
  given: unknown,
  path: readonly PropertyKey[],
  { expected, part }: { readonly expected: string; readonly part?: string },
): Issue {
  const place = [...(part === undefined ? [] : [part]), ...path.map(String)].join('.');
  return { place, value: show(at(given, path)), expected };
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, key) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined),
    value,
  );
}

/** Short enough for one line: a bad value may be megabytes. */
function show(value: unknown): string {
  if (value === undefined) return '(missing)';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > longest ? `${text.slice(0, longest - 3)}...` : text;
}
