import type { RunbookText, RunbookView } from '@tocsin/contract';
import { describe, expect, it } from 'vitest';
import { diffText, runbookText } from './print-runbook.ts';
import { fullHash } from './register-runbook.ts';

const version = (hash: string, more: Partial<RunbookText> = {}): RunbookText => ({
  hash: hash.repeat(32),
  name: 'Outage',
  file: 'outage.md',
  status: 'in-use',
  because: 'it is the first version',
  comparedWith: null,
  changes: [],
  seenAt: '2026-01-05T03:00:00.000Z',
  takenAt: '2026-01-05T03:00:00.000Z',
  takenBy: { kind: 'user', id: 'primary', name: 'Primary on-call' },
  problems: [],
  markdown: '',
  ...more,
});
const quiet: RunbookView = {
  adopt: 'automatic',
  inUse: version('a0'),
  offered: null,
  refused: null,
  unreadable: null,
};
const offered = version('b1', {
  status: 'offered',
  because: '1 change, of which 1 weaker',
  changes: [{ kind: 'threshold', text: '>5% becomes >50%', weight: 'weaker' }],
});
const refused = version('c2', {
  status: 'refused',
  because: 'it has 1 error',
  problems: [
    { code: 'RB004', level: 'error', message: 'a bad window', line: 3, column: 19, suggestion: null },
    { code: 'RB050', level: 'warning', message: 'not shown', line: 9, column: 1, suggestion: null },
  ],
});

describe('what is printed', () => {
  it('says who took the version in use, and how to take the offered one', () => {
    const text = runbookText({ ...quiet, offered });
    expect(text).toContain('a0a0a0a0a0a0  in use since 2026-01-05T03:00:00.000Z by Primary on-call');
    expect(text).toMatch(/weaker\S* +>5% becomes >50%/);
    expect(text).toContain('tocsin runbook adopt b1b1b1b1b1b1');
  });

  it('gives the place of every error of a refused one', () => {
    expect(diffText({ ...quiet, refused })).toContain('outage.md:3:19');
    expect(diffText({ ...quiet, refused })).not.toContain('not shown');
    expect(diffText(quiet)).toBe('no version is offered; a0a0a0a0a0a0 is in use');
  });
});

describe('the hash', () => {
  it('may be short, and must be the offered one', () => {
    expect(fullHash('b1b1b1b1', { offered, refused: null })).toBe(offered.hash);
    expect(() => fullHash('b1', { offered, refused: null })).toThrow(/at least 8 hexadecimal digits/);
    expect(() => fullHash('a0a0a0a0', { offered, refused: null })).toThrow(
      /expected the offered b1b1b1b1b1b1/,
    );
    expect(() => fullHash('c2c2c2c2', { offered: null, refused })).toThrow(/was refused, it has 1 error/);
  });
});
