import type { Problem } from './problem.ts';

/** The responder answered, and the answer is no: `problem` says place, value and what was expected. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The responder could not be reached, or what answered is not a responder; `cause` holds the reason. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}
