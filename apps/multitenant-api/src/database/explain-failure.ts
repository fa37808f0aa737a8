import { Problem } from '../errors/problem.ts';

/** A 503 whose text is safe to show; what PostgreSQL or the system said stays in its cause, for the log. */
export function unavailable(detail: string, cause: unknown): Problem {
  return new Problem('unavailable', detail, { cause });
}

/** The code of PostgreSQL (SQLSTATE) or of the system (ECONNREFUSED); empty without one. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What PostgreSQL refused by its own rules (SQLSTATE outside connection, resource, shutdown and not-yet-migrated) is a bug of ours. */
function meansUnavailable(error: Error): boolean {
  const code = codeOf(error);
  if (/^[0-9A-Z]{5}$/.test(code)) return /^(08|53|57|25P03|3D000|28|42P01|42703)/.test(code);
  return true;
}

/** Names a failure of a query: a `Problem` (503) when the database is to blame, otherwise the error itself. */
export function explainFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Problem || !meansUnavailable(error)) return error;
  const code = codeOf(error);
  return unavailable(`database did not answer${code === '' ? '' : ` (${code})`}`, error);
}
