import { stripVTControlCharacters } from 'node:util';
import type { AlertsView, AlertView } from '@tocsin/contract';
import { expect, it } from 'vitest';
import { alertsText } from './register-alert.ts';

const at = '2026-03-01T10:00:00.000Z';

const alert: AlertView = {
  fingerprint: '00ff00ff00ff00ff',
  name: 'DiskFull',
  source: 'prometheus',
  severity: 'P1',
  flag: null,
  summary: '',
  labels: {},
  startsAt: at,
  receivedAt: at,
  acknowledgedAt: null,
  flapping: false,
  suppressedBy: [],
};

const view: AlertsView = {
  active: [
    { ...alert, flag: 'integrity', flapping: true },
    { ...alert, severity: null, suppressedBy: [{ kind: 'silence', by: 'abc' }] },
  ],
  activeCount: 7,
  suppressedCount: 1,
  problems: [
    {
      id: 1,
      source: 'checks',
      at,
      place: 'body[0].labels',
      value: '{}',
      expected: 'at least one label',
      item: '{}',
    },
  ],
  suppressions: [],
  maintenance: [{ name: 'move', when: 'once', active: true, startsAt: at, endsAt: at, wholeService: true }],
  heartbeats: [{ name: 'nightly', lastAt: null, missing: true, dueAt: at }],
  reports: [],
};

it('says what counts, what is kept back by what, and what was malformed', () => {
  expect(stripVTControlCharacters(alertsText(view)).split('\n')).toEqual([
    '7 active, of which 1 kept back',
    `00ff00ff00ff00ff  P1  DiskFull  prometheus  since ${at}  integrity  flapping`,
    `00ff00ff00ff00ff  -   DiskFull  prometheus  since ${at}  kept back by silence abc`,
    '... and 5 more',
    'heartbeat nightly  missing  last never',
    'maintenance move  active  once',
    `malformed  ${at}  checks: body[0].labels: {}; expected at least one label`,
  ]);
});
