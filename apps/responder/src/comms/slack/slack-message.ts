import type { AnswerWays, OutgoingMessage } from '../channel.ts';
import { cut, oneLine } from '../message-text.ts';
import { type LevelValue, slackActions } from './button-value.ts';
import { offerBlocks } from './offer-blocks.ts';
import { escapeMrkdwn, plain } from './plain-text.ts';
import { summaryBlocks } from './summary-blocks.ts';

/** A header holds 150 characters, a section 3,000. Source: docs.slack.dev, Block Kit. */
const longest = { header: 150, section: 2900 } as const;
/** A message holds 50 blocks. */
const mostOffers = 10;

/** A page as chat.postMessage takes it: plain text throughout, so that nothing in it becomes a mention or a link. */
export function slackMessage(message: OutgoingMessage): object {
  const { answer, answers, incidentId, offers = [] } = message;
  const mark = message.mayBeRepeat ? '(may be a repeat) ' : '';
  const subject = `${mark}${oneLine(message.subject)}`;
  return {
    channel: message.address,
    // Shown in the notification; a text without mrkdwn is escaped by us.
    text: escapeMrkdwn(subject),
    unfurl_links: false,
    blocks: [
      { type: 'header', text: plain(cut(subject, longest.header)) },
      ...(answers === undefined
        ? [{ type: 'section', text: plain(cut(message.body || ' ', longest.section)) }]
        : summaryBlocks(answers)),
      ...(answer === null || incidentId === null ? [] : [buttons(answer, incidentId)]),
      ...offers.slice(0, mostOffers).flatMap(offerBlocks),
    ],
  };
}

function buttons({ number, incidentUrl, escalate }: AnswerWays, incidentId: string): object {
  return {
    type: 'actions',
    elements: [
      {
        type: 'button',
        style: 'primary',
        action_id: slackActions.acknowledge,
        value: incidentId,
        text: plain('Acknowledge'),
      },
      { type: 'button', action_id: 'open', url: incidentUrl, text: plain(`Open #${number}`) },
      ...(escalate === null ? [] : [escalateButton(escalate.level, incidentId)]),
    ],
  };
}

function escalateButton(level: number, incidentId: string): object {
  return {
    type: 'button',
    action_id: slackActions.escalate,
    value: JSON.stringify({ incident: incidentId, level } satisfies LevelValue),
    text: plain(`Call level ${level}`),
    confirm: {
      title: plain('Escalate?'),
      text: plain(`Level ${level} of the escalation matrix is paged now, ahead of its time.`),
      confirm: plain('Call them'),
      deny: plain('Not yet'),
    },
  };
}
