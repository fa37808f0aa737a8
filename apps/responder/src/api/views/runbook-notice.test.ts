import type { Change } from '@tocsin/runbook';
import { expect, it } from 'vitest';
import { runbookVersion } from '../fixtures/runbook-version.ts';
import { runbookNotice } from './runbook-notice.ts';

const at = Date.UTC(2026, 0, 5, 3);
const changes: Change[] = [{ kind: 'threshold', what: 'changed', text: '>5% becomes >2%', weight: 'safer' }];
const old = runbookVersion();
const fresh = runbookVersion({ changes, takenAt: at - 60_000, because: '1 change' });
const offered = runbookVersion({ status: 'offered', because: '1 change, of which 1 weaker', changes });
const refused = runbookVersion({ status: 'refused', because: 'it has 1 error' });
const person = { kind: 'user', id: 'p', name: 'P' } as const;

it.each([
  ['nothing', { inUse: old }, null],
  ['a version that a person took', { inUse: { ...fresh, takenBy: person } }, null],
  ['prose', { inUse: { ...fresh, changes: [] } }, null],
  ['a version that came into use by itself', { inUse: fresh }, 'taken'],
  ['the same, a day ago', { inUse: { ...fresh, takenAt: at - 86_400_000 } }, null],
  ['an offer, also beside news', { inUse: fresh, standing: offered }, 'offered'],
  ['a refusal', { inUse: old, standing: refused }, 'refused'],
  [
    'a file that is gone, before all else',
    { inUse: old, standing: refused, unreadable: 'r.md' },
    'unreadable',
  ],
])('%s', (_name, state, kind) => {
  const notice = runbookNotice({ standing: null, unreadable: null, policy: 'automatic', ...state }, at);
  expect(notice?.kind ?? null).toBe(kind);
});

it('says what stays in use', () => {
  const state = { inUse: old, standing: refused, unreadable: null, policy: 'automatic' } as const;
  expect(runbookNotice(state, at)?.text).toBe(
    `The edited runbook was refused: it has 1 error. Version ${old.hash.slice(0, 8)} stays in use.`,
  );
});
