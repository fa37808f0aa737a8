import { expect, test } from 'vitest';
import { summaryOf } from '../fixtures/channel-contract.ts';
import { slackMessage } from './slack-message.ts';

interface Button {
  readonly action_id: string;
  readonly value?: string;
}

interface Block {
  readonly text?: { readonly text: string };
  readonly accessory?: Button;
  readonly elements?: readonly Button[];
}

function blocksOf(count: number): readonly Block[] {
  return (slackMessage({ ...summaryOf(count), address: 'U1' }) as { blocks: readonly Block[] }).blocks;
}

test('each incident has its button, and all of them one', () => {
  const [, first, second, all] = blocksOf(2);
  expect(first?.accessory).toMatchObject({ action_id: 'acknowledge', value: 'inc_3' });
  expect(second?.accessory).toMatchObject({ action_id: 'acknowledge', value: 'inc_4' });
  expect(all?.elements).toMatchObject([
    { action_id: 'acknowledge-all', value: 'summary-m-1' },
    { action_id: 'open', url: 'https://tocsin.example.org/' },
  ]);
});

test('a storm stays within the limits of a message, and says how many it does not name', () => {
  const blocks = blocksOf(199);
  expect(blocks.length).toBeLessThanOrEqual(50);
  for (const block of blocks) expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3000);
  expect(blocks.at(-2)?.text?.text).toBe('and 179 more incidents');
});
