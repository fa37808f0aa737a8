import { cut } from '../message-text.ts';
import { sayOffer, type StepOffer } from '../offers/step-offer.ts';
import { slackActions, type StepValue } from './button-value.ts';
import { plain } from './plain-text.ts';

/** A section holds 3,000 characters, the text of a confirmation 300. Source: docs.slack.dev, Block Kit. */
const longest = { section: 2900, confirmation: 300 } as const;

/** One change that waits for approval: all that an approval binds to, and a yes and a no. What cannot be shown whole cannot be approved here. */
export function offerBlocks(offer: StepOffer): object[] {
  const text = sayOffer(offer);
  if (text.length <= longest.section)
    return [
      { type: 'section', text: plain(text) },
      { type: 'actions', elements: [approveButton(offer), denyButton(offer)] },
    ];
  const more = '\nIt is too long to be shown whole here: approve it in the console.';
  return [
    { type: 'section', text: plain(`${cut(text, longest.section - more.length)}${more}`) },
    { type: 'actions', elements: [denyButton(offer)] },
  ];
}

function approveButton(offer: StepOffer): object {
  const destroys = offer.effect === 'destroy';
  return {
    type: 'button',
    style: destroys ? 'danger' : 'primary',
    action_id: slackActions.approve,
    value: valueOf(offer),
    text: plain('Approve'),
    confirm: {
      title: plain(destroys ? 'Approve what destroys?' : 'Approve this change?'),
      text: plain(confirmation(offer)),
      confirm: plain('Approve'),
      deny: plain('Not yet'),
      ...(destroys ? { style: 'danger' } : {}),
    },
  };
}

function denyButton(offer: StepOffer): object {
  return {
    type: 'button',
    action_id: slackActions.deny,
    value: valueOf(offer),
    text: plain('Deny, with a reason'),
  };
}

/** Command and target; what does not fit stands whole in the message above the button. */
function confirmation({ command, target }: StepOffer): string {
  const whole = `${command}\n\non ${target}`;
  if (whole.length <= longest.confirmation) return whole;
  const tail = `\n\non ${cut(target, 100)}\n\n(shortened: it is whole in the message)`;
  return `${cut(command, longest.confirmation - tail.length)}${tail}`;
}

function valueOf({ incidentId, stepId, bindingHash }: StepOffer): string {
  return JSON.stringify({ incident: incidentId, step: stepId, hash: bindingHash } satisfies StepValue);
}
