import { ProblemError } from '@tocsin/contract';

/** What went wrong, in the responder's own words. */
export function Failure({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  const requestId = error instanceof ProblemError ? error.problem.requestId : null;
  return (
    <div className="failure" role="alert">
      <strong>That did not work.</strong> {error.message}
      {requestId !== null && <div className="quiet small">Request {requestId}</div>}
    </div>
  );
}
