import type { z } from 'zod';
import { AppError, type Issue } from '#platform';

/** Reads `value` (the request's `part`: body, query or path) by its schema. Throws AppError `invalid` with every bad value, its place and what was expected. */
export function parseRequest<Schema extends z.ZodType>(
  schema: Schema,
  part: 'body' | 'query' | 'path',
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw AppError.of(
    'invalid',
    parsed.error.issues.map((issue) => describe(part, value, issue)),
  );
}

function describe(part: string, value: unknown, issue: z.core.$ZodIssue): Issue {
  return {
    place: [part, ...issue.path.map(String)].join('.'),
    value: show(at(value, issue.path)),
    expected: issue.message,
  };
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value;
  for (const key of path)
    here =
      typeof here === 'object' && here !== null ? (here as Record<PropertyKey, unknown>)[key] : undefined;
  return here;
}

/** Short enough for one line: a bad value may be megabytes. */
function show(value: unknown): string {
  if (value === undefined) return '(missing)';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
