import { type DenyMetadata, denyView } from './button-value.ts';
import { plain } from './plain-text.ts';

/** The modal that asks for the reason of a no, as views.open takes it. Source: docs.slack.dev, views.open. */
export function denyModal(metadata: DenyMetadata): object {
  return {
    type: 'modal',
    callback_id: denyView.callbackId,
    private_metadata: JSON.stringify(metadata),
    title: plain('Deny this change'),
    submit: plain('Deny'),
    close: plain('Not now'),
    blocks: [
      {
        type: 'input',
        block_id: denyView.block,
        label: plain('Why not? It stands on the timeline.'),
        element: {
          type: 'plain_text_input',
          action_id: denyView.input,
          multiline: true,
          max_length: 2000,
        },
      },
    ],
  };
}
