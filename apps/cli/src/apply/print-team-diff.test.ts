import { expect, test } from 'vitest';
import { printTeamDiff } from './print-team-diff.ts';

const gap = {
  kind: 'gap',
  where: 'role Security Engineer',
  from: '2026-03-01T00:00:00.000Z',
  to: '2026-03-15T00:00:00.000Z',
  because: 'nobody is named for it',
} as const;
const change = { kind: 'added', what: 'person ada', text: 'person ada added: name Ada' } as const;

test.each([
  ['what changes', [change], /^compared with version 3:\n.*\+ person ada added: name Ada/],
  ['that nothing does', [], /^nothing to change: version 3 says the same/],
])('says %s, and what is wrong in the days to come in either case', (_what, changes, first) => {
  const printed = printTeamDiff({ version: 3, changes: [...changes], warnings: [gap] });
  expect(printed).toMatch(first);
  expect(printed.split('\n').at(-1)).toContain(
    '! gap: role Security Engineer from 2026-03-01T00:00:00.000Z to 2026-03-15T00:00:00.000Z: nobody is named for it',
  );
});
