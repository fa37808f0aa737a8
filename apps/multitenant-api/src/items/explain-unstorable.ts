import { codeOf } from '../database/explain-failure.ts';
import { refuse } from '../errors/problem.ts';

/** A NUL is valid JSON that PostgreSQL stores in no text; names such a failure as the caller's. Other failures stay what they are. */
export function explainUnstorable(error: unknown): unknown {
  if (!['22P05', '22021'].includes(codeOf(error))) return error;
  return refuse(
    'invalid-request',
    { place: 'body', value: null, expected: 'no NUL character (\\u0000) in any text' },
    error,
  );
}
