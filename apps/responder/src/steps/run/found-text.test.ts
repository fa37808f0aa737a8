import { expect, test } from 'vitest';
import { liveView, workload } from '../fixtures/live-view.ts';
import { readChange } from '../prepare/change.ts';
import { foundText } from './found-text.ts';
import { postCheck } from './post-check.ts';

const restart = readChange([['kubectl', 'rollout', 'restart', 'deployment/multitenant-api']]);
const after = (over: Parameters<typeof workload>[0]) =>
  foundText(postCheck(restart, liveView({ workload: workload(over) }), { generation: 4 }));

test.each([
  [
    'written and done',
    { generation: 5, observedGeneration: 5 },
    ['found done', 'generation 4 before, 5 now'],
  ],
  [
    'written, half way',
    { generation: 5, observedGeneration: 5, updatedReplicas: 1 },
    ['it was written', '1 of 3 pods updated', 'it is not repeated'],
  ],
  ['not written', {}, ['it may have run, the cluster does not show it', 'generation 4 before, 4 now']],
] as const)(
  'after a crash in the middle of a rollout, %s: all that is known is said',
  (_what, over, words) => {
    for (const one of words) expect(after(over)).toContain(one);
  },
);

test('nothing to look at is said, too', () => {
  expect(foundText([])).toContain('nothing of it can be looked at');
});
