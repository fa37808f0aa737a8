import type { AnswerWays, ManyAnswers, OutgoingMessage } from '../channel.ts';
import { cut, oneLine } from '../message-text.ts';

/** A message holds 28 KB. Source: learn.microsoft.com, limits of webhooks and cards. */
const longestText = 6000;
/** A card shows as many buttons. Source: adaptivecards.io, host configuration, `maxActions`. */
const mostActions = 5;

/**
 * A page as a Teams workflow takes it: an Adaptive Card 1.4, the newest version that Teams shows everywhere. Its buttons open
 * pages: a workflow webhook cannot be told that one was pressed.
 */
export function teamsCard(message: OutgoingMessage): object {
  const { answer, answers } = message;
  const mark = message.mayBeRepeat ? '(may be a repeat) ' : '';
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          msteams: { width: 'Full' },
          body: [
            text(`${mark}${oneLine(message.subject)}`, {
              weight: 'Bolder',
              size: 'Medium',
              color: 'Attention',
            }),
            ...cut(message.body, longestText)
              .split('\n')
              .filter((line) => line.trim() !== '')
              .map((line) => text(line, { spacing: 'Small' })),
          ],
          ...(answer === null ? {} : { actions: buttons(answer) }),
          ...(answers === undefined ? {} : { actions: buttonsOfMany(answers) }),
        },
      },
    ],
  };
}

/** As many of the incidents as there is room for; all of them together, and the list of them, always. */
function buttonsOfMany({ each, others, acknowledgeAllUrl, listUrl }: ManyAnswers): object[] {
  return [
    button(`Acknowledge all ${each.length + others}`, acknowledgeAllUrl),
    button('Open the list', listUrl),
    ...each.slice(0, mostActions - 2).map((one) => button(`Acknowledge #${one.number}`, one.acknowledgeUrl)),
  ];
}

function buttons({ number, incidentUrl, acknowledgeUrl, escalate }: AnswerWays): object[] {
  return [
    button('Acknowledge', acknowledgeUrl),
    button(`Open #${number}`, incidentUrl),
    ...(escalate === null ? [] : [button(`Call level ${escalate.level}`, escalate.url)]),
  ];
}

function button(title: string, url: string): object {
  return { type: 'Action.OpenUrl', title, url };
}

/** A RichTextBlock's runs are shown as they are; a TextBlock would read Markdown in them. */
function text(line: string, { spacing = 'Default', ...style }: Readonly<Record<string, string>>): object {
  return { type: 'RichTextBlock', spacing, inlines: [{ type: 'TextRun', text: line, ...style }] };
}
