import { expect, test } from 'vitest';
import type { Answer } from './post.ts';
import { readHealth } from './read-health.ts';

const secret = 'tk_secret';

function read(answer: Answer) {
  return readHealth(answer, {
    secret,
    said: ({ error }) => (typeof error === 'string' ? error : null),
    amiss: ({ ok }) => (ok === true ? null : 'it is not ok'),
  });
}

function answerOf(status: number, text: string): Answer {
  return { kind: 'answer', status, retryAfter: null, text };
}

test.each([
  [answerOf(200, '{"ok":true}'), 'alive', null],
  [answerOf(200, `{"ok":false,"token":"${secret}"}`), 'dead', 'HTTP 200, but it is not ok'],
  [answerOf(200, `<html>${secret}`), 'dead', 'HTTP 200, but the answer is no JSON'],
  [answerOf(401, '{"error":"unauthorized"}'), 'dead', 'HTTP 401: unauthorized'],
  [answerOf(401, `no:\n${secret} is unknown`), 'dead', 'HTTP 401: no: *** is unknown'],
  [answerOf(302, ''), 'dead', 'HTTP 302: no text'],
  [answerOf(429, '{"error":"slow down"}'), 'not-checked', 'HTTP 429: asked too often'],
  [{ kind: 'silent', maybeSent: false, reason: 'ECONNREFUSED' }, 'dead', 'ECONNREFUSED'],
] as const)('%j says %s', (given, state, reason) => {
  expect(read(given)).toEqual({ state, reason });
});
