import { expect, test } from 'vitest';
import { addReceipt, readStatus } from './read-status.ts';

const at = Date.UTC(2026, 0, 31, 3, 2, 11);
const of = (field: string, status: string, more: [string, string][] = []) =>
  readStatus(new Map([[field, status], ...more]), at);

test('a call that is answered: rang, answered', () => {
  const rang = of('CallStatus', 'ringing');
  const answered = readStatus(new Map([['CallStatus', 'in-progress']]), at + 8000);
  expect(addReceipt(addReceipt(null, rang?.text ?? ''), answered?.text ?? '')).toBe(
    'rang 03:02:11, answered 03:02:19',
  );
});

test.each([
  ['CallStatus', 'no-answer', { text: 'not answered 03:02:11', over: false, unanswered: true }],
  ['CallStatus', 'failed', { text: 'failed 03:02:11', over: true, unanswered: false }],
  ['MessageStatus', 'delivered', { text: 'arrived 03:02:11', over: false, unanswered: false }],
])('%s %s', (field, status, meaning) => {
  expect(of(field, status)).toEqual(meaning);
});

test('an SMS that did not arrive says why', () => {
  expect(of('MessageStatus', 'undelivered', [['ErrorCode', '30003']])).toEqual({
    text: 'did not arrive 03:02:11 (Twilio 30003)',
    over: true,
    unanswered: false,
  });
});

test.each(['queued', 'sent', 'initiated', 'completed', 'constructor', ''])(
  '"%s" says nothing new',
  (status) => {
    expect(of('CallStatus', status)).toBeNull();
  },
);

test('the same status told twice is said once', () => {
  expect(addReceipt('rang 03:02:11', 'rang 03:02:12')).toBe('rang 03:02:11');
});
