import type { FailedDelivery } from '../channel.ts';
import { cut } from '../message-text.ts';
import type { Answer } from './post.ts';

const longestReason = 300;
const longestWaitMs = 10 * 60_000;

/** Asking again cannot help: the request itself, or its target, is wrong. A refused login is ours to repair and passes. */
const forGood: ReadonlySet<number> = new Set([400, 404, 405, 410, 413, 414, 422]);
/** Errors met after the request was taken in whole: it may have been done. */
const takenIn: ReadonlySet<number> = new Set([500, 502, 504]);

/** What an answer that is no success means; `said` is the provider's own reason, when it was understood. */
export function readFailure(answer: Answer, said: string | null = null): FailedDelivery {
  if (answer.kind === 'silent')
    return { outcome: 'failed', permanent: false, maybeSent: answer.maybeSent, reason: answer.reason };
  const { status } = answer;
  const retryAfterMs = readRetryAfter(answer.retryAfter, Date.now());
  return {
    outcome: 'failed',
    permanent: forGood.has(status) || (status >= 300 && status < 400),
    maybeSent: takenIn.has(status),
    reason: cut(`HTTP ${status}: ${said ?? (answer.text.trim() || 'no text')}`, longestReason),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  };
}

/** A success that does not speak the provider's language is none: something else may stand between. */
export function notUnderstood(answer: Extract<Answer, { kind: 'answer' }>, expected: string): FailedDelivery {
  const reason = cut(
    `HTTP ${answer.status} with "${cut(answer.text, 80)}"; expected ${expected}`,
    longestReason,
  );
  return { outcome: 'failed', permanent: false, maybeSent: true, reason };
}

/** `Retry-After` in milliseconds, at most 10 minutes; seconds or a date (RFC 9110). Null when there is none. */
export function readRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const waitMs = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(waitMs) ? null : Math.min(longestWaitMs, Math.max(0, waitMs));
}

/** The text as a JSON object; null when it is none. */
export function readObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
