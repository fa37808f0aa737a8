import { createHmac, timingSafeEqual } from 'node:crypto';

/** Older requests may be recorded ones. */
const replayWindowSeconds = 300;

/**
 * Null when Slack sent this request just now; otherwise why not. X-Slack-Signature is `v0=` and the hexadecimal HMAC-SHA-256, under the app's
 * signing secret, of `v0:TIMESTAMP:BODY`. Source: docs.slack.dev, "Verifying requests from Slack".
 */
export function whyNotFromSlack(
  secret: string,
  request: {
    readonly timestamp: string | undefined;
    readonly signature: string | undefined;
    readonly body: string;
  },
  nowMs: number,
): string | null {
  const { timestamp = '', signature = '', body } = request;
  if (!/^\d+$/.test(timestamp)) return `X-Slack-Request-Timestamp: "${timestamp}"; expected epoch seconds`;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > replayWindowSeconds)
    return `X-Slack-Request-Timestamp: ${timestamp}; expected one of the last ${replayWindowSeconds} s`;
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  const expected = Buffer.from(`v0=${mac}`);
  const given = Buffer.from(signature);
  const holds = given.length === expected.length && timingSafeEqual(given, expected);
  return holds ? null : 'X-Slack-Signature: it is not that of this body under the signing secret';
}
