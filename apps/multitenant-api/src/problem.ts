/** One thing wrong with a request: where it is, what was there, what was expected there. */
export interface ProblemItem {
  place: string;
  value: unknown;
  expected: string;
}

const kinds = {
  'invalid-request': { status: 400, title: 'The request cannot be understood' },
  unauthenticated: { status: 401, title: 'A valid token is needed' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is not in a format that is read here' },
  unavailable: { status: 503, title: 'The service cannot answer just now' },
  internal: { status: 500, title: 'The service made a mistake' },
} as const;

/** The kinds of failure that a caller can meet; each has one HTTP status. */
export type ProblemKind = keyof typeof kinds;

/** A failure that the caller is told about as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly statusCode: number;
  readonly errors: ProblemItem[];

  constructor(kind: ProblemKind, detail: string, options: { errors?: ProblemItem[]; cause?: unknown } = {}) {
    super(detail, { cause: options.cause });
    this.kind = kind;
    this.statusCode = kinds[kind].status;
    this.errors = options.errors ?? [];
  }
}

/** The body of the answer; `instance` is the id of the request, as it stands in the logs. */
export function problemBody(problem: Problem, instance: string): Record<string, unknown> {
  return {
    type: `urn:multitenant-api:problem:${problem.kind}`,
    title: kinds[problem.kind].title,
    status: problem.statusCode,
    detail: problem.message,
    instance,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
  };
}
