import type { UpdatesView } from '@tocsin/contract';
import { expect, test } from 'vitest';
import { draftText, previewText, updatesText } from './print-updates.ts';

const now = Date.UTC(2026, 0, 31, 3, 20);
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 31, 3, minute)).toISOString();
const clock = { everyMinutes: 15, lastAt: null, lastStatus: null, dueAt: null, rests: null, missedAt: null };

const view: UpdatesView = {
  clocks: [
    { ...clock, audience: 'internal', dueAt: at(30), missedAt: at(15) },
    { ...clock, audience: 'status-page', dueAt: at(40), lastAt: at(10), lastStatus: 'investigating' },
    { ...clock, audience: 'customers', rests: 'the document asks for it for P0 alone' },
  ],
  updates: [
    {
      id: 'u1',
      audience: 'status-page',
      status: 'investigating',
      body: 'It fails.\nSorry.',
      by: { kind: 'user', id: 'dana', name: 'Dana' },
      at: at(10),
      nextDueAt: at(40),
      drill: false,
      insisted: { reason: 'known', found: ['line 1, column 1: the node "n"'] },
      deliveries: [
        {
          channel: 'slack',
          address: 'C1',
          tenant: null,
          state: 'queued',
          attempts: 2,
          mayBeRepeat: true,
          receipt: null,
          error: 'HTTP 503',
          sentAt: null,
        },
      ],
    },
  ],
};

test('says who waits, what was missed, and who has been told what', () => {
  expect(updatesText(view, now).split('\n')).toEqual([
    'internal: MISSED, was due 03:15 UTC; never told',
    'status-page: due 03:40 UTC, in 20 min; told 03:10 UTC',
    'customers: the document asks for it for P0 alone; never told',
    '',
    '03:10 UTC  status-page (investigating), by Dana',
    '  INSISTED: known (line 1, column 1: the node "n")',
    '  | It fails.',
    '  | Sorry.',
    '  slack C1: queued, may be a repeat (HTTP 503)',
  ]);
  expect(updatesText({ clocks: [], updates: [] }, now)).toContain('nobody has been told anything');
});

test('a draft says who would get it, and that nobody would', () => {
  const draft = {
    audience: 'internal',
    status: 'investigating',
    language: 'en',
    languages: ['en'],
    subject: 'S',
    body: 'B',
    withheld: null,
    targets: [],
    previews: [],
  } as const;
  const shown = { ...draft, languages: [...draft.languages], targets: [], previews: [] };
  expect(draftText(shown)).toContain('goes to nobody: channels.updates.targets.internal is empty');
  expect(draftText({ ...shown, withheld: 'security' })).toBe('internal: no draft; security');
});

test('a preview shows each channel, who gets it, and what stays inside', () => {
  const preview = {
    subject: 'Payments: Identified',
    targets: [
      { channel: 'status-page', address: '', tenant: null, not: null },
      { channel: 'email', address: '', tenant: 'acme', not: 'no address is configured' },
    ],
    previews: [{ channel: 'status-page', text: 'n fails' }],
    leaks: ['line 1, column 1: the node "n"'],
  };
  expect(previewText('status-page', preview).split('\n')).toEqual([
    'Payments: Identified',
    '',
    'on status-page',
    'n fails',
    '',
    'goes to',
    '  status-page',
    '  acme email: gets nothing, no address is configured',
    '',
    'stays inside, --insist REASON sends it all the same:',
    '  line 1, column 1: the node "n"',
    '',
    'nothing was sent',
  ]);
});
