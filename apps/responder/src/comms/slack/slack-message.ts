import type { OutgoingMessage } from '../channel.ts';
import { cut, oneLine } from '../message-text.ts';

/** A header holds 150 characters, a section 3,000. Source: docs.slack.dev, Block Kit. */
const longest = { header: 150, section: 2900 } as const;

/** The action id of the button that acknowledges; its value is the incident's id. */
export const acknowledgeAction = 'acknowledge';

/** A page as chat.postMessage takes it: plain text throughout, so that nothing in it becomes a mention or a link. */
export function slackMessage(message: OutgoingMessage): object {
  const { answer, incidentId } = message;
  const mark = message.mayBeRepeat ? '(may be a repeat) ' : '';
  const subject = `${mark}${oneLine(message.subject)}`;
  return {
    channel: message.address,
    // Shown in the notification; a text without mrkdwn is escaped by us.
    text: escape(subject),
    unfurl_links: false,
    blocks: [
      { type: 'header', text: plain(cut(subject, longest.header)) },
      { type: 'section', text: plain(cut(message.body || ' ', longest.section)) },
      ...(answer === null || incidentId === null ? [] : [buttons(answer, incidentId)]),
    ],
  };
}

function buttons(
  { number, incidentUrl }: NonNullable<OutgoingMessage['answer']>,
  incidentId: string,
): object {
  return {
    type: 'actions',
    elements: [
      {
        type: 'button',
        style: 'primary',
        action_id: acknowledgeAction,
        value: incidentId,
        text: plain('Acknowledge'),
      },
      { type: 'button', action_id: 'open', url: incidentUrl, text: plain(`Open #${number}`) },
    ],
  };
}

function plain(text: string): object {
  return { type: 'plain_text', text, emoji: false };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
