import type { ManyAnswers } from '../channel.ts';
import { cut } from '../message-text.ts';
import { slackActions } from './button-value.ts';
import { plain } from './plain-text.ts';

/** A section holds 3,000 characters; many in one message are to be read at a glance. */
const longestLine = 300;
/** With the header and what is about all of them, well below the 50 blocks of a message. */
const mostLines = 20;

/** A summary: each incident with its button, then what is about all of them. */
export function summaryBlocks({ each, others, summaryId, listUrl }: ManyAnswers): object[] {
  const lines = each.slice(0, mostLines);
  const count = each.length + others;
  const more = count - lines.length;
  return [
    ...lines.map(lineBlock),
    ...(more === 0 ? [] : [{ type: 'section', text: plain(`and ${more} more incidents`) }]),
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          style: 'primary',
          action_id: slackActions.acknowledgeAll,
          value: summaryId,
          text: plain(`Acknowledge all ${count}`),
        },
        { type: 'button', action_id: 'open', url: listUrl, text: plain('Open the list') },
      ],
    },
  ];
}

function lineBlock({ incidentId, subject }: ManyAnswers['each'][number]): object {
  return {
    type: 'section',
    text: plain(cut(subject || ' ', longestLine)),
    accessory: {
      type: 'button',
      action_id: slackActions.acknowledge,
      value: incidentId,
      text: plain('Acknowledge'),
    },
  };
}
