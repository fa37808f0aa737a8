import type { Branch, Phase, Plan } from '../plan.ts';
import { headingChange } from './causes.ts';
import type { Change } from './change.ts';
import { pairUp, type Paired } from './pair-up.ts';
import { quote } from './phrases.ts';

const commandsOf = ({ actions }: Branch): string => actions.map(({ text }) => text).join('\n');
const causesOf = ({ causes }: Branch): string => causes.toSorted().join(' ');

/** The branches of both documents, matched by heading, then by commands, then by causes. */
export function pairBranches(old: Plan, next: Plan): Paired<Branch> {
  return pairUp(old.branches, next.branches, {
    keys: [
      (branch) => `${branch.when} ${commandsOf(branch)}`,
      ({ when }) => when,
      (branch) => (branch.actions.length === 0 ? null : commandsOf(branch)),
    ],
    text: (branch) => `${branch.when}\n${commandsOf(branch)}`,
    lastKeys: [(branch) => (branch.causes.length === 0 ? null : causesOf(branch))],
  });
}

/** Headings, causes and phases of matched branches, their commands aside. */
export function branchChanges({ pairs }: Paired<Branch>, phases: Paired<Phase>): Change[] {
  const numbers = new Map(phases.pairs.map(({ old, next }) => [old.n, next.n]));
  return pairs.flatMap(({ old, next }) => [
    ...headingChange('branch', { ...old, name: old.when }, { ...next, name: next.when }),
    ...phaseChange(old, next, numbers),
  ]);
}

/** A phase that only got another number is the same one. */
function phaseChange(old: Branch, next: Branch, numbers: Map<number, number>): Change[] {
  const expected = old.phase === null ? null : (numbers.get(old.phase) ?? old.phase);
  if (expected === next.phase) return [];
  const [before, after] = [phaseText(old), phaseText(next)];
  return [
    {
      kind: 'branch',
      what: 'moved',
      text: `branch ${quote(next.when)} belongs to ${after} instead of ${before}`,
      weight: 'neutral',
      before,
      after,
      old: old.source,
      next: next.source,
    },
  ];
}

function phaseText({ phase }: Branch): string {
  return phase === null ? 'no phase' : `phase ${phase}`;
}
