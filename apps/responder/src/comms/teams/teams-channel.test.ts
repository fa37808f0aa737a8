import { expect, test } from 'vitest';
import { channelContract, page, summaryOf } from '../fixtures/channel-contract.ts';
import type { Dialect, Received } from '../fixtures/http-provider.ts';
import { httpUnderTest } from '../fixtures/http-under-test.ts';
import { createTeamsChannel } from './teams-channel.ts';
import { teamsCard } from './teams-card.ts';

/** Source: learn.microsoft.com, "When a Teams webhook request is received", and the errors of workflow triggers. */
const teams: Dialect = {
  accepts: () => ({ status: 202, body: '' }),
  refuses: {
    status: 404,
    body: { error: { code: 'WorkflowNotFound', message: "The workflow 'ops' could not be found." } },
  },
  breaks: { status: 502, body: { error: { code: 'BadGateway', message: 'no response' } } },
  throttles: {
    status: 429,
    headers: { 'retry-after': '5' },
    body: { error: { code: 'WorkflowTriggerIsThrottled', message: 'too many requests' } },
  },
};

interface Card {
  readonly attachments: readonly [
    {
      readonly content: {
        readonly body: readonly { readonly inlines: readonly { readonly text: string }[] }[];
      };
    },
  ];
}

function readCard({ body }: Pick<Received, 'body'>): string {
  const [{ content }] = (JSON.parse(body) as Card).attachments;
  return content.body.flatMap((block) => block.inlines.map((run) => run.text)).join('\n');
}

channelContract(
  'teams',
  () =>
    httpUnderTest({
      dialect: teams,
      address: 'ops',
      make: (url, limitMs) => createTeamsChannel({ ops: { url: `${url}/workflows/1?sig=s` } }, limitMs),
      read: readCard,
      retryAfterMs: 5000,
    }),
  // A workflow's answer is empty or whatever its author has it say.
  { asks: 'only-by-sending', never: ['talks-nonsense'] },
);

test('the card is an Adaptive Card 1.4 whose buttons lead to the incident', () => {
  expect(teamsCard(page)).toMatchObject({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          type: 'AdaptiveCard',
          version: '1.4',
          actions: [
            { type: 'Action.OpenUrl', url: page.answer?.acknowledgeUrl },
            { type: 'Action.OpenUrl', url: page.answer?.incidentUrl },
            { type: 'Action.OpenUrl', url: page.answer?.escalate?.url },
          ],
        },
      },
    ],
  });
});

test('a summary has a button for all of it, for the list, and for as many as a card shows; it holds less than 28 KB', () => {
  const card = teamsCard(summaryOf(199));
  const all = summaryOf(199).answers;
  expect(card).toMatchObject({
    attachments: [
      {
        content: {
          actions: [
            { title: 'Acknowledge all 199', url: all?.acknowledgeAllUrl },
            { title: 'Open the list', url: all?.listUrl },
            { title: 'Acknowledge #3', url: all?.each[0]?.acknowledgeUrl },
            { title: 'Acknowledge #4' },
            { title: 'Acknowledge #5' },
          ],
        },
      },
    ],
  });
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
});

test('without a workflow there is nobody to ask', async () => {
  expect(await createTeamsChannel({}).check(new AbortController().signal)).toBeNull();
});
