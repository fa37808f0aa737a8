/** One thing wrong with a request: where it is, what was there, what was expected there. */
export interface ProblemItem {
  place: string;
  value: unknown;
  expected: string;
}

const later = 'Nothing is wrong with the request; repeat it after the time in Retry-After';

/** `shown` replaces the message where the message speaks of the inside of the service. */
const kinds = {
  'invalid-request': { status: 400, title: 'The request cannot be understood' },
  unauthenticated: { status: 401, title: 'A valid token is needed' },
  forbidden: { status: 403, title: 'The token does not allow this' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  conflict: { status: 409, title: 'The request does not fit what is there' },
  'in-progress': { status: 409, title: 'The same request is being answered already' },
  changed: { status: 412, title: 'What is there is not what the request expects' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is not in a format that is read here' },
  'key-reused': { status: 422, title: 'The Idempotency-Key belongs to another request' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  internal: {
    status: 500,
    title: 'The service made a mistake',
    shown: 'Something unexpected happened; the logs have it under this instance',
  },
  unavailable: { status: 503, title: 'The service cannot answer just now', shown: later },
} as const satisfies Record<string, { status: number; title: string; shown?: string }>;

/** The kinds of failure that a caller can meet; each has one HTTP status. */
export type ProblemKind = keyof typeof kinds;

/** All kinds with their status and title, for the API description. */
export const problemKinds: Readonly<Record<ProblemKind, { status: number; title: string; shown?: string }>> =
  kinds;

/** What a `Problem` may carry besides its kind and text. */
export interface ProblemOptions {
  errors?: ProblemItem[];
  cause?: unknown;
  /** Whole seconds until it is worth asking again. */
  retryAfterSeconds?: number;
}

/** A failure that the caller is told about as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly statusCode: number;
  readonly errors: ProblemItem[];
  readonly retryAfterSeconds: number | undefined;

  constructor(kind: ProblemKind, detail: string, options: ProblemOptions = {}) {
    super(detail, { cause: options.cause });
    this.kind = kind;
    this.statusCode = kinds[kind].status;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? (this.statusCode === 503 ? 1 : undefined);
  }
}

/** The body of the answer; `instance` is the id of the request, as it stands in the logs. */
export function problemBody(problem: Problem, instance: string): Record<string, unknown> {
  const { status, title, shown } = problemKinds[problem.kind];
  return {
    type: `urn:multitenant-api:problem:${problem.kind}`,
    title,
    status,
    detail: shown ?? problem.message,
    instance,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
  };
}

/** A refusal of one place of the request, worded as place, value and expectation. */
export function refuse(kind: ProblemKind, item: ProblemItem, cause?: unknown): Problem {
  const value = typeof item.value === 'string' ? item.value : JSON.stringify(item.value);
  const detail = `${item.place}: ${value}; expected ${item.expected}`;
  return new Problem(kind, detail, { errors: [item], cause });
}
