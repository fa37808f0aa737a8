import { urlUnder } from '#platform';
import { z } from 'zod';
import type { Labels } from '../incoming.ts';

/** Where an Alertmanager's API is, and what proves who asks. */
export interface Target {
  readonly url: string;
  readonly token: string | null;
}

/** What came of asking: `permanent` when asking again cannot help. */
export type Asked<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly permanent: boolean; readonly reason: string };

export interface SilenceWish {
  /** Found again by it: it stands in the comment. */
  readonly id: string;
  readonly labels: Labels;
  readonly by: string;
  readonly comment: string;
  readonly from: Date;
  readonly to: Date;
}

/** Shorter than the 5 s lease of a row. */
const limitMs = 4000;
const longestReason = 200;
/** The request itself is wrong, or its target; everything else may pass. */
const forGood: ReadonlySet<number> = new Set([400, 404, 405, 410, 413, 422]);

const made = z.object({ silenceID: z.string().min(1) });
const listed = z.array(
  z.object({ id: z.string(), comment: z.string(), status: z.object({ state: z.string() }) }),
);
const single = z.object({ status: z.object({ state: z.string() }) });

/** Makes a silence on exactly these labels; answers its id. Source: Alertmanager's OpenAPI, `POST /api/v2/silences`. */
export function makeSilence(
  target: Target,
  wish: SilenceWish,
  signal: AbortSignal,
): Promise<Asked<{ silenceID: string }>> {
  const labels = Object.entries(wish.labels).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const matchers = labels.map(([name, value]) => ({
    name,
    value,
    isRegex: false,
    isEqual: true,
  }));
  const body = {
    matchers,
    startsAt: wish.from.toISOString(),
    endsAt: wish.to.toISOString(),
    createdBy: wish.by,
    comment: `${wish.comment} ${markOf(wish.id)}`,
  };
  return ask(target, { method: 'POST', path: '/silences', body, expected: made }, signal);
}

/** The silence that an earlier attempt has made, when its answer was lost; null: there is none. */
export async function findSilence(
  target: Target,
  id: string,
  signal: AbortSignal,
): Promise<Asked<string | null>> {
  const all = await ask(target, { method: 'GET', path: '/silences', expected: listed }, signal);
  if (!all.ok) return all;
  const mark = markOf(id);
  const found = all.result.find(
    ({ comment, status }) => comment.endsWith(mark) && status.state !== 'expired',
  );
  return { ok: true, result: found?.id ?? null };
}

/** Ends a silence; one that has ended by itself, or that nobody knows any more, is ended. */
export async function endSilence(
  target: Target,
  silenceId: string,
  signal: AbortSignal,
): Promise<Asked<unknown>> {
  const path = `/silence/${encodeURIComponent(silenceId)}`;
  const ended = await ask(target, { method: 'DELETE', path, expected: z.unknown() }, signal);
  if (ended.ok) return ended;
  // An expired one is refused with 500: https://github.com/prometheus/alertmanager, api/v2, deleteSilenceHandler.
  const state = await ask(target, { method: 'GET', path, expected: single }, signal);
  const isOver = state.ok
    ? state.result.status.state === 'expired'
    : state.permanent && state.reason.startsWith('HTTP 404');
  return isOver ? { ok: true, result: null } : ended;
}

function markOf(id: string): string {
  return `[${id}]`;
}

interface Question<Result> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly expected: z.ZodType<Result>;
}

async function ask<Result>(
  { url, token }: Target,
  { method, path, body, expected }: Question<Result>,
  signal: AbortSignal,
): Promise<Asked<Result>> {
  try {
    const answer = await fetch(urlUnder(url, `api/v2${path}`), {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
    });
    const text = await answer.text();
    if (!answer.ok)
      return failed(`HTTP ${answer.status}: ${text.trim() || 'no text'}`, isForGood(answer.status));
    const read = expected.safeParse(text === '' ? null : JSON.parse(text));
    if (read.success) return { ok: true, result: read.data };
    return failed(`${method} ${path}: "${text}"; expected an answer of Alertmanager's API v2`, false);
  } catch (error) {
    const { message, cause } = error as Error;
    return failed(cause instanceof Error ? `${message}: ${cause.message}` : message, false);
  }
}

/** A redirect is no answer either: the token goes nowhere else. */
function isForGood(status: number): boolean {
  return forGood.has(status) || (status >= 300 && status < 400);
}

function failed(reason: string, permanent: boolean): Asked<never> {
  return { ok: false, permanent, reason: reason.slice(0, longestReason) };
}
