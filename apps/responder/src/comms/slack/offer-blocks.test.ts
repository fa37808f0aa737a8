import { expect, test } from 'vitest';
import type { StepOffer } from '../offers/step-offer.ts';
import { offerBlocks } from './offer-blocks.ts';

const offer: StepOffer = {
  incidentId: 'inc_1',
  incidentNumber: 12,
  stepId: 'drain',
  label: 'Drain the node',
  command: 'kubectl drain node-b',
  target: 'node/node-b',
  effect: 'destroy',
  approvalsNeeded: 2,
  blastRadius: 'one node',
  undo: null,
  overridden: null,
  bindingHash: 'c0'.repeat(32),
};

function actionsOf(one: StepOffer): string[] {
  return offerBlocks(one)
    .flatMap((block) => (block as { elements?: { action_id: string }[] }).elements ?? [])
    .map((element) => element.action_id);
}

test('the approval carries what was shown, and is confirmed with command and target', () => {
  expect(offerBlocks(offer)[1]).toMatchObject({
    elements: [
      {
        action_id: 'approve-step',
        style: 'danger',
        value: JSON.stringify({ incident: 'inc_1', step: 'drain', hash: offer.bindingHash }),
        confirm: { text: { text: 'kubectl drain node-b\n\non node/node-b' } },
      },
      { action_id: 'deny-step' },
    ],
  });
});

test('a long command is whole in the message and says so in the confirmation; one that cannot be shown whole cannot be approved', () => {
  const long = { ...offer, command: 'x'.repeat(2000) };
  const [section, actions] = offerBlocks(long) as [{ text: { text: string } }, { elements: object[] }];
  expect(section.text.text).toContain(long.command);
  const confirm = (actions.elements[0] as { confirm: { text: { text: string } } }).confirm.text.text;
  expect(confirm.length).toBeLessThanOrEqual(300);
  expect(confirm).toContain('whole in the message');
  expect(actionsOf({ ...offer, command: 'x'.repeat(3000) })).toEqual(['deny-step']);
});
