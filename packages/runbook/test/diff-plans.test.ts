import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileRunbook, diffPlans } from '../src/index.ts';

const text = readFileSync(new URL('./fixtures/plain-outage-runbook.md', import.meta.url), 'utf8');
const plan = compileRunbook(text);

function changes(from: RegExp | string, to: string) {
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  return diffPlans(plan, compileRunbook(edited)).map(({ kind, weight }) => `${kind} ${weight}`);
}

it.each([
  ['prose', /\n## /, '\nSome more words.\n\n## ', []],
  ['a lower limit', '>5%', '>2%', ['threshold safer']],
  ['a higher limit', '>5%', '>50%', ['threshold weaker']],
  ['a level that is gone', /\n\|[^\n]*L3[^\n]*/, '', ['escalation weaker']],
  ['another window', '(0-5 minutes)', '(0-4 minutes)', ['window neutral']],
  ['a checklist line that is gone', /\n- \[ \] [^\n]*/, '', ['checklist weaker']],
])('%s', (_name, from, to, expected) => {
  expect(changes(from, to)).toEqual(expected);
});

it('fewer approvals are weaker', () => {
  const next = structuredClone(plan);
  const action = next.branches.flatMap((one) => one.actions).find((one) => one.approvals === 2);
  if (action === undefined) throw new Error('the fixture has no action that two people approve');
  action.approvals = 1;
  expect(diffPlans(plan, next)).toEqual([
    { kind: 'approvals', text: expect.stringContaining('2 becomes 1'), weight: 'weaker' },
  ]);
});
