import { expect, test } from 'vitest';
import type { ContactMethod, ContactRule } from '#oncall';
import { planSending } from './plan-sending.ts';

const sms: ContactMethod = { channel: 'sms', address: '+4915112345678' };
const other: ContactMethod = { channel: 'sms', address: '+4915187654321' };
const voice: ContactMethod = { channel: 'voice', address: '+4915112345678' };
const inbox: ContactMethod = { channel: 'inbox' };
const contacts = [voice, sms, other, inbox];

const turns = (rules: readonly ContactRule[] | undefined, severity = 'P0') =>
  planSending({ contacts, ...(rules === undefined ? {} : { rules }) }, severity).map((one) => one.afterMs);

test('without rules, or without one for the severity, all are told at once', () => {
  const night = [{ afterMinutes: 5, by: ['voice'], severities: ['P0'] }];
  expect(turns(undefined)).toEqual([0, 0, 0, 0]);
  expect(turns([])).toEqual([0, 0, 0, 0]);
  expect(turns(night, 'P2')).toEqual([0, 0, 0, 0]);
});

test('each has its turn after the minutes of its rule; what no rule names is in reserve; the inbox never waits', () => {
  const rules = [
    { afterMinutes: 0, by: ['sms:+4915112345678'] },
    { afterMinutes: 2.5, by: ['voice'] },
  ];
  expect(turns(rules)).toEqual([150_000, 0, null, 0]);
});

test('the earliest of several rules counts, by severity', () => {
  const rules = [
    { afterMinutes: 10, by: ['voice', 'sms'] },
    { afterMinutes: 0, by: ['voice'], severities: ['P0'] },
  ];
  expect(turns(rules, 'P0')).toEqual([0, 600_000, 600_000, 0]);
  expect(turns(rules, 'P1')).toEqual([600_000, 600_000, 600_000, 0]);
});

test('rules that name nothing that wakes are as good as none', () => {
  expect(turns([{ afterMinutes: 5, by: ['inbox'] }])).toEqual([0, 0, 0, 0]);
});
