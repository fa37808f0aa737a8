import { notUnderstood, readFailure, readObject } from '../http/read-failure.ts';
import { callSlack, type SlackApp } from './slack-api.ts';

/** What a method of Slack's answered; `error` is Slack's word where it said one (`name_taken`, `ratelimited`). */
export type SlackSaid =
  | { readonly ok: true; readonly said: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly error: string; readonly retryAfterMs?: number };

/** Calls a method and reads its answer. Never throws. */
export async function askSlack(
  app: SlackApp,
  call: { readonly method: string; readonly body: object; readonly limitMs: number },
  signal: AbortSignal = AbortSignal.timeout(call.limitMs),
): Promise<SlackSaid> {
  const answer = await callSlack(app, call, signal);
  if (answer.kind === 'silent') return { ok: false, error: answer.reason };
  const said = readObject(answer.text);
  if (answer.status === 200 && said?.['ok'] === true) return { ok: true, said };
  const { reason, retryAfterMs } =
    answer.status === 200 ? notUnderstood(answer, "Slack's answer with ok") : readFailure(answer);
  const error = typeof said?.['error'] === 'string' ? said['error'] : reason;
  return { ok: false, error, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
