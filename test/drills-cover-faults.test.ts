import { expect, it } from 'vitest';
import { controlKinds } from '../apps/cli/src/drill/controls/with-controls.ts';
import { drills } from '../apps/cli/src/drill/drills.ts';
import { FAULT_KINDS } from '../apps/sandbox/src/faults/kinds.ts';
import { CAUSES } from '../packages/runbook/src/index.ts';

it('there is a drill for every fault that the sandbox offers, and for every harmless event', () => {
  const played = drills.map(({ fault }) => fault).toSorted();
  expect(played).toEqual([...FAULT_KINDS.map(({ kind }) => kind), ...controlKinds].toSorted());
});

it('drills have names of their own, and expect causes that exist', () => {
  expect(new Set(drills.map(({ name }) => name)).size).toBe(drills.length);
  const named = drills.flatMap(({ expected }) => [
    ...expected.causes.map(({ id }) => id),
    ...(expected.alsoNamed ?? []),
  ]);
  for (const id of named) expect(CAUSES).toContain(id);
});

it('a control expects silence', () => {
  for (const { kind, expected } of drills)
    expect(kind === 'fault' || (expected.severity === null && expected.causes.length === 0)).toBe(true);
});
