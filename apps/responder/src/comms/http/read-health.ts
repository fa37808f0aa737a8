import { dead, alive, type Health } from '../health.ts';
import type { Answer } from './post.ts';
import { readFailure, readObject } from './read-failure.ts';

type Body = Readonly<Record<string, unknown>>;

/** How a provider's answer about our credentials is read. */
export interface Reading {
  /** Never repeated to anybody. */
  readonly secret: string;
  /** The provider's own reason in the body of an error; null: it gave none. */
  readonly said: (body: Body) => string | null;
  /** What is wrong with a success; null when it is one. Its text is not repeated: it may hold secrets of the account. */
  readonly amiss: (body: Body) => string | null;
}

const throttled = 429;

/** What an answer means for the credentials that it was asked with: one that had no time for us says nothing of them. */
export function readHealth(answer: Answer, { secret, said, amiss }: Reading): Health {
  if (answer.kind === 'silent') return dead(answer.reason, secret);
  const body = readObject(answer.text);
  const { status } = answer;
  if (status === throttled) return { state: 'not-checked', reason: `HTTP ${status}: asked too often` };
  if (status < 200 || status > 299)
    return dead(readFailure(answer, body === null ? null : said(body)).reason, secret);
  const why = body === null ? 'the answer is no JSON' : amiss(body);
  return why === null ? alive : dead(`HTTP ${status}, but ${why}`, secret);
}
