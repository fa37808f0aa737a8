import { expect, test } from 'vitest';
import { readReply } from './read-reply.ts';

test.each([
  ['ACK', null],
  ['ack 12', 12],
  [' Ack #12! ', 12],
  ['Acknowledge: 7.', 7],
  ['acknowledged', null],
])('%s acknowledges %s', (text, number) => {
  expect(readReply(text)).toEqual({ kind: 'acknowledge', number });
});

test.each([
  ['ESCALATE', null],
  [' escalate #12. ', 12],
])('%s calls the next level of %s', (text, number) => {
  expect(readReply(text)).toEqual({ kind: 'escalate', number });
});

test.each([
  'escalated 12',
  'escalate now',
  '',
  'STOP',
  'not ack',
  'ack 12 and 13',
  'ack later',
  'back',
  'ack12x',
  'I ack 12',
])('"%s" is no answer', (text) => {
  expect(readReply(text)).toEqual({ kind: 'other' });
});
