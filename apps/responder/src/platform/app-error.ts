/** The one catalogue of what can go wrong for a caller: code -> HTTP status and meaning. */
export const errorCatalogue = {
  invalid: {
    status: 400,
    meaning: 'The request cannot be understood; the message says where and what was expected.',
  },
  'not-signed-in': { status: 401, meaning: 'No valid session or token came with the request.' },
  'not-allowed': { status: 403, meaning: 'The caller is known, but may not do this.' },
  'not-found': { status: 404, meaning: 'Nothing has this id.' },
  conflict: { status: 409, meaning: 'The thing has changed since the caller looked; read it again.' },
  gone: { status: 410, meaning: 'It was there once, and has expired or been used.' },
  'too-large': { status: 413, meaning: 'The request is larger than this route takes.' },
  'too-many': { status: 429, meaning: 'Too many requests in a short time; wait and repeat.' },
  internal: { status: 500, meaning: 'A defect; the log holds the request id.' },
  unavailable: { status: 503, meaning: 'Something this needs cannot be reached now; repeat later.' },
} as const satisfies Record<string, { status: number; meaning: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** One bad value of what a caller sent. */
export interface Issue {
  /** Where it is: `body.people.0.role`. */
  readonly place: string;
  readonly value: string;
  readonly expected: string;
}

/** A caller's mistake or a passing condition: says place, value and what was expected. Defects are plain Errors. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  /** Every bad value by itself, where there are such. */
  readonly issues: readonly Issue[];

  constructor(
    code: ErrorCode,
    message: string,
    { issues = [], ...options }: ErrorOptions & { readonly issues?: readonly Issue[] } = {},
  ) {
    super(message, options);
    this.code = code;
    this.issues = issues;
  }

  /** One with every bad value in a line of its own. */
  static of(code: ErrorCode, issues: readonly Issue[], options: ErrorOptions = {}): AppError {
    const lines = issues.map((one) => `${one.place}: ${one.value}; ${one.expected}`);
    return new AppError(code, lines.join('\n'), { ...options, issues });
  }

  /** HTTP status of the code. */
  get status(): number {
    return errorCatalogue[this.code].status;
  }
}
