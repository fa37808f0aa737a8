import type { TeamDocument, TeamFault } from '@tocsin/contract';
import { AppError, issueAt } from '#platform';
import type { Person } from '../on-call-view.ts';
import { nobodyLeft, rightsMissing } from './rights-missing.ts';

/** A team that is to take the place of another. */
export interface Proposed {
  readonly before: TeamDocument;
  readonly document: TeamDocument;
  readonly by: Person | null;
  /** What of it the configuration does not serve; absent: nothing is asked. */
  readonly misfitsOf?: ((team: TeamDocument) => readonly TeamFault[]) | undefined;
}

/** Why it may not, each bad value with its place in the document; null: it may. What applies a team and what only compares it both ask here. */
export function whyRefused({ before, document, by, misfitsOf }: Proposed): AppError | null {
  const rights = rightsMissing(before, document, by);
  const faults = [...rights, ...nobodyLeft(document), ...(misfitsOf?.(document) ?? [])];
  if (faults.length === 0) return null;
  return AppError.of(
    rights.length > 0 ? 'not-allowed' : 'invalid',
    faults.map(({ path, message }) => issueAt(document, path, { expected: message })),
  );
}
