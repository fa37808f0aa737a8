import type { z } from 'zod';
import { AppError, issueAt } from '#platform';

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
    parsed.error.issues.map(({ path, message }) => issueAt(value, path, { part, expected: message })),
  );
}
