import type { Problem } from './problem.ts';
import { ProblemError, UnreachableError } from './problem-error.ts';

export interface ClientOptions {
  /** Where the responder listens, for example `http://127.0.0.1:7433`; empty for the page's own origin. */
  readonly baseUrl: string;
  /** API token; without one the browser's session cookie speaks. */
  readonly token?: string;
  readonly fetch?: typeof fetch;
  /** Time limit of one request, milliseconds. Default 15,000. The stream has none. */
  readonly timeoutMs?: number;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Sends one request. Throws ProblemError for a refusal, UnreachableError when nothing usable answered. */
export async function send(options: ClientOptions, call: Call): Promise<Response> {
  const perform = options.fetch ?? globalThis.fetch.bind(globalThis);
  let response: Response;
  try {
    response = await perform(`${options.baseUrl}${call.path}`, {
      method: call.method,
      headers: headersOf(options, call),
      credentials: 'same-origin',
      signal: call.signal ?? AbortSignal.timeout(options.timeoutMs ?? 15_000),
      body: call.body === undefined ? null : JSON.stringify(call.body),
    });
  } catch (cause) {
    const where = options.baseUrl === '' ? 'the responder' : options.baseUrl;
    throw new UnreachableError(`${call.method} ${call.path}: ${where} does not answer`, { cause });
  }
  if (!response.ok) throw await readProblem(response, call);
  return response;
}

function headersOf(options: ClientOptions, call: Call): Record<string, string> {
  return {
    accept: call.accept ?? 'application/json',
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
    ...call.headers,
  };
}

async function readProblem(response: Response, call: Call): Promise<Error> {
  const text = await response.text();
  if (response.headers.get('content-type')?.startsWith('application/problem+json') === true)
    return new ProblemError(JSON.parse(text) as Problem);
  return new UnreachableError(
    `${call.method} ${call.path}: answered ${response.status} without a problem document; expected a Tocsin responder`,
  );
}
