import { type Answer, post } from '../http/post.ts';

export interface SlackApp {
  /** Bot token, `xoxb-...`. */
  readonly token: string;
  /** Default `https://slack.com`. */
  readonly url?: string | undefined;
}

/** Calls one method of Slack's Web API. Slack says in the body whether it worked: `ok`. */
export function callSlack(
  { token, url = 'https://slack.com' }: SlackApp,
  call: { readonly method: string; readonly body: object; readonly limitMs: number },
  signal: AbortSignal,
): Promise<Answer> {
  return post(
    {
      url: `${url.replace(/\/+$/, '')}/api/${call.method}`,
      headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
      body: JSON.stringify(call.body),
      limitMs: call.limitMs,
    },
    signal,
  );
}
