import { urlUnder } from '#platform';
import { type Answer, post } from '../http/post.ts';

export interface SlackApp {
  /** Bot token, `xoxb-...`. */
  readonly token: string;
  /** Default `https://slack.com`. */
  readonly url?: string | undefined;
}

/** Methods that list: they read arguments from a form alone. Source: docs.slack.dev, content types of each method. */
const takesForm: ReadonlySet<string> = new Set(['users.conversations', 'conversations.history']);

const longestList = 4 * 1024 * 1024;

/** Calls one method of Slack's Web API. Slack says in the body whether it worked: `ok`. */
export function callSlack(
  { token, url = 'https://slack.com' }: SlackApp,
  call: { readonly method: string; readonly body: object; readonly limitMs: number },
  signal: AbortSignal,
): Promise<Answer> {
  const isForm = takesForm.has(call.method);
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json; charset=utf-8';
  return post(
    {
      url: urlUnder(url, `api/${call.method}`),
      headers: { 'content-type': type, authorization: `Bearer ${token}` },
      body: isForm ? formOf(call.body) : JSON.stringify(call.body),
      limitMs: call.limitMs,
      ...(isForm ? { longestAnswer: longestList } : {}),
    },
    signal,
  );
}

function formOf(body: object): string {
  const fields = Object.entries(body).map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(fields.filter(([, value]) => value !== '')).toString();
}
