import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import { cordon, drain, step } from '../../../../test/outage-facts.ts';
import type { Incident } from '#incidents';
import { createSlackStage } from '../../fixtures/slack-stage.ts';
import { signedBySlack } from '../../fixtures/slack-workspace.ts';

const db = await testDatabase();
const stage = await createSlackStage(db);
const { slack, incidents, comms, offered } = stage;

beforeAll(() => stage.start());
afterAll(() => stage.close());

interface Button {
  readonly action_id: string;
  readonly value: string;
  readonly confirm?: { readonly text: { readonly text: string } };
}

/** The button about that step as it came to a person. */
function button(to: string, incident: Incident, action: string, stepId?: string): Promise<Button> {
  return vi.waitFor(() => {
    const found = slack
      .callsOf('chat.postMessage')
      .filter((one) => one['channel'] === to)
      .flatMap((one) => (one['blocks'] ?? []) as { elements?: Button[] }[])
      .flatMap((block) => block.elements ?? [])
      .find(
        (one) =>
          one.action_id === action &&
          one.value.includes(incident.id) &&
          (stepId === undefined || one.value.includes(`"${stepId}"`)),
      );
    if (found === undefined) throw new Error(`no ${action} came to ${to}`);
    return found;
  }, 30_000);
}

async function press(user: string, { action_id, value }: Button, trigger = 'T1') {
  const payload = {
    type: 'block_actions',
    trigger_id: trigger,
    user: { id: user },
    channel: { id: 'D1' },
    actions: [{ action_id, value }],
  };
  const answer = await comms.hearSlack(signedBySlack('secret', { payload: JSON.stringify(payload) }));
  expect(answer.status).toBe(200);
  const { method, body } = slack.calls.at(-1) ?? { method: '', body: {}, at: 0 };
  return { method, text: String(body['text']) };
}

/** How often the people of the incident were told of a change. A page that goes out later shows the same button. */
async function noticesOf(incident: Incident): Promise<number> {
  const { rows } = await db.query(`select id from notices where id like $1`, [`offer-${incident.id}%`]);
  return rows.length;
}

async function statusOf(incident: Incident, stepId: string) {
  return (await incidents.get(incident.id))?.steps.find((one) => one.id === stepId)?.status;
}

test('a change that waits comes to the people of the incident once, with its command and target to confirm; a press approves exactly that', async () => {
  const incident = await offered('approve', cordon);
  await vi.waitFor(async () => expect(await noticesOf(incident)).toBe(1), 30_000);
  const approve = await button('U01', incident, 'approve-step', 'cordon');
  expect(approve.confirm?.text.text).toBe('kubectl cordon node-b\n\non node/node-b');
  const other = JSON.stringify({ ...JSON.parse(approve.value), hash: 'another' });
  expect((await press('U01', { ...approve, value: other })).text).toContain('is not what you saw');
  expect((await press('U03', approve)).text).toContain('approver is needed');
  expect((await press('U09', approve)).text).toContain('Nobody here has the Slack user');
  expect(await statusOf(incident, 'cordon')).toBe('proposed');
  expect(await press('U01', approve)).toMatchObject({
    method: 'chat.postMessage',
    text: expect.stringContaining('"cordon" is approved by primary'),
  });
  expect(await statusOf(incident, 'cordon')).toBe('approved');
  expect(await noticesOf(incident)).toBe(1);
});

test('what destroys needs two different people, and nobody approves what they asked for', async () => {
  const asked = step('asked', { requestedBy: { kind: 'user', id: 'primary', name: 'primary' } });
  const incident = await offered('destroy', { ...asked, id: 'asked' });
  const mine = await button('U01', incident, 'approve-step', 'asked');
  expect((await press('U01', mine)).text).toContain('somebody else has to approve it');
  const second = await offered('destroy-2', drain);
  const approve = await button('U01', second, 'approve-step', 'drain');
  expect((await press('U01', approve)).text).toContain('it needs 2 different people, 1 so far');
  expect((await press('U01', approve)).text).toContain('somebody else has to be the second');
  expect(await statusOf(second, 'drain')).toBe('proposed');
  await press('U02', approve);
  expect(await statusOf(second, 'drain')).toBe('approved');
});

test('a no asks for its reason, which is on record; without one it is none', async () => {
  const incident = await offered('deny', cordon);
  const deny = await button('U01', incident, 'deny-step', 'cordon');
  expect((await press('U01', deny, 'too-late')).text).toContain('expired_trigger_id');
  slack.triggers.add('T2');
  await press('U01', deny, 'T2');
  const view = slack.callsOf('views.open').at(-1)?.['view'] as { private_metadata: string };
  const submit = (user: string, value: string) =>
    comms.hearSlack(
      signedBySlack('secret', {
        payload: JSON.stringify({
          type: 'view_submission',
          user: { id: user },
          view: { callback_id: 'deny-step', ...view, state: { values: { reason: { reason: { value } } } } },
        }),
      }),
    );
  expect(JSON.parse((await submit('U01', ' ')).body)).toMatchObject({ response_action: 'errors' });
  expect((await submit('U03', 'no')).body).toContain('approver is needed');
  expect(await statusOf(incident, 'cordon')).toBe('proposed');
  expect(await submit('U01', 'the node is back')).toMatchObject({ status: 200, body: '' });
  expect(await statusOf(incident, 'cordon')).toBe('denied');
  expect((await incidents.get(incident.id))?.steps[0]?.outcome).toBe('the node is back');
});

test('the page’s button calls the next level once', async () => {
  const incident = await offered('escalate');
  const escalate = await button('U01', incident, 'escalate');
  expect((await press('U01', escalate)).text).toContain('level 2 is called; secondary is paged');
  expect((await press('U01', escalate)).text).toContain('level 2 was called already');
  await button('U02', incident, 'acknowledge');
});

test('the slash command answers in JSON: status, ack, oncall; unsigned or old it is refused', async () => {
  const incident = await offered('slash');
  const say = async (text: string, user = 'U01') => {
    const fields = { command: '/tocsin', text, user_id: user };
    const answer = await comms.hearSlack(signedBySlack('secret', fields));
    return JSON.parse(answer.body) as { response_type: string; text: string };
  };
  const line = `#${incident.number} [P0]`;
  expect((await say('status')).text).toContain(line);
  expect((await say('oncall')).text).toContain('Level 2, Secondary on-call engineer: secondary');
  expect((await say('status', 'U09')).text).not.toContain(line);
  expect((await say('ack')).text).toContain('Which one?');
  expect((await say('constructor')).text).toContain('Say /tocsin status');
  expect(await say(`ack ${incident.number}`)).toMatchObject({
    response_type: 'in_channel',
    text: `#${incident.number} is acknowledged by primary.`,
  });
  const fields = { command: '/tocsin', text: 'status', user_id: 'U01' };
  expect((await comms.hearSlack(signedBySlack('guessed', fields))).status).toBe(403);
  expect((await comms.hearSlack(signedBySlack('secret', fields, Date.now() - 301_000))).status).toBe(403);
});
