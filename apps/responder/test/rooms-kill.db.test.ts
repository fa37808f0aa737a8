import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import type { SlackRoom } from '../src/comms/fixtures/slack-methods.ts';
import { createSlackCore } from '../src/comms/fixtures/slack-stage.ts';
import { startSlackWorkspace } from '../src/comms/fixtures/slack-workspace.ts';
import { testDatabase } from './database.ts';
import { outage } from './outage-facts.ts';
import { markdown, plan, runbookFile } from './runbook.ts';

const child = fileURLToPath(new URL('./rooms-kill-child.ts', import.meta.url));
const db = await testDatabase();
const slack = await startSlackWorkspace('secret');
afterAll(() => slack.close());
const { plans, incidents } = createSlackCore(db, slack.url);
const primary = { kind: 'user', id: 'primary', name: 'primary' } as const;

/** A life that ends by SIGKILL when Slack has done what it was asked and has not answered. */
async function dieAt([method, word]: readonly [string, string?]): Promise<void> {
  const done = slack.swallowNext(method, word);
  const life = start();
  await done;
  await life.kill();
}

function start() {
  const one = spawn(process.execPath, [child, db.url, slack.url], { stdio: ['ignore', 'ignore', 'inherit'] });
  const exited = once(one, 'exit');
  return {
    kill: async () => {
      one.kill('SIGKILL');
      await exited;
      // The dead one's lease has run out.
      await db.query('update slack_rooms set lease_until = null, due_at = clock_timestamp()');
    },
  };
}

/** Calls on the way of a channel, in their order. */
const whileItIsMade = [
  ['conversations.create'],
  ['conversations.invite'],
  ['conversations.setTopic'],
  ['chat.postMessage', 'tocsin_summary'],
  ['pins.add'],
  ['bookmarks.add'],
] as const;
const whileItIsClosed = [['chat.postMessage', 'tocsin_last_word'], ['conversations.archive']] as const;

async function resolve(id: string): Promise<void> {
  const { checklist } = (await incidents.get(id)) ?? { checklist: [] };
  const waivers = Object.fromEntries(checklist.map((line) => [line.text, 'not needed']));
  await incidents.apply(id, { kind: 'resolve', note: 'over', waivers }, primary);
}

/** How often each kind of message is in the channel. */
function kindsIn(room: SlackRoom): Readonly<Record<string, number>> {
  const kinds = [...room.messages.values()].map(
    (one) => (one['metadata'] as { event_type: string }).event_type,
  );
  return Object.fromEntries(kinds.map((kind) => [kind, kinds.filter((one) => one === kind).length]));
}

test('killed -9 at every call of Slack: one channel, one summary, one last word, each link once', async () => {
  await plans.storePlan(db, { plan, markdown, file: runbookFile });
  const about = { assessment: outage(Date.now()), diagnoses: [], drill: null, plan };
  const opened = await incidents.assess({ service: { id: 'kill' }, ...about });
  const { id = '', number = 0 } = opened ?? {};
  for (const call of whileItIsMade) await dieAt(call);
  await incidents.apply(id, { kind: 'acknowledge' }, primary);
  await dieAt(['chat.update']);
  await resolve(id);
  for (const call of whileItIsClosed) await dieAt(call);
  const last = start();
  await vi.waitFor(async () => {
    const { rows } = await db.query('select state from slack_rooms');
    expect(rows).toEqual([{ state: 'archived' }]);
  }, 30_000);
  await last.kill();

  const [room, ...others] = slack.rooms.values();
  expect(others).toEqual([]);
  assert(room !== undefined);
  expect(room).toMatchObject({ name: `incident-${number}`, archived: true });
  expect(kindsIn(room)).toEqual({ tocsin_summary: 1, tocsin_last_word: 1 });
  expect(JSON.stringify([...room.messages.values()][0])).toContain('Closed: ');
  expect([...room.pins]).toEqual([[...room.messages.keys()][0]]);
  expect([...room.members]).toEqual(['U01']);
  expect(room.bookmarks.map((one) => one.link)).toEqual([
    `https://tocsin.example.org/incidents/${id}`,
    'https://status.example.org',
  ]);
}, 180_000);
