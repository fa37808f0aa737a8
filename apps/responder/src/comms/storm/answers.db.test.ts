import { afterAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { Incident } from '#incidents';
import { createStormStage, type Reached } from '../fixtures/storm-stage.ts';

const db = await testDatabase();
const stage = await createStormStage(db);
afterAll(() => stage.close());

const number = '+4915112345678';
const sms = { channel: 'sms', address: number } as const;
const voice = { channel: 'voice', address: number } as const;
const inSlack = { channel: 'slack', address: 'U1' } as const;
const patience = { timeout: 20_000, interval: 20 };

/** One page that goes out at once, and then as many that are held. */
async function openHeld(reached: Reached, count: number): Promise<readonly Incident[]> {
  await stage.begin(reached);
  const [{ channel } = sms] = reached.contacts;
  const first = await stage.opened('first');
  await vi.waitFor(async () => expect(await rowsOf(channel, `state = 'sent'`)).toHaveLength(1), patience);
  const held: Incident[] = [];
  for (let n = 1; n <= count; n += 1) held.push(await stage.opened(`held-${n}`));
  await vi.waitFor(async () => expect(await rowsOf(channel, `state = 'held'`)).toHaveLength(count), patience);
  expect(first.number).toBeLessThan(held[0]?.number ?? 0);
  return held;
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly incident_id: string;
}

async function rowsOf(channel: string, which: string): Promise<readonly Row[]> {
  const { rows } = await db.query<Row>(
    `select id, incident_id from messages where person = 'primary' and channel = $1 and ${which} order by created_at, id`,
    [channel],
  );
  return rows;
}

/** Lets the summary go out; resolves when each of its pages has told its incident. */
async function summaryOut(channel: string, count: number): Promise<string> {
  await stage.endRests();
  await vi.waitFor(
    async () =>
      expect(await rowsOf(channel, `state = 'sent' and receipt like 'in summary%'`)).toHaveLength(count),
    patience,
  );
  const [summary] = await rowsOf(channel, `kind = 'summary'`);
  return summary?.id ?? '';
}

function lastForm(): URLSearchParams {
  return new URLSearchParams(stage.twilio.received.at(-1)?.body);
}

async function acknowledged(): Promise<readonly number[]> {
  const all = await stage.incidents.list({ limit: 100 });
  const taken = all.filter((one) => one.pages.every((page) => page.acknowledgedAt !== null));
  return taken.map((one) => one.number).toSorted((a, b) => a - b);
}

async function textsOf({ id }: Incident, type: 'page-receipt' | 'page-failed'): Promise<readonly string[]> {
  const events = await stage.incidents.events(id);
  return events.flatMap(({ body }) => {
    if (body.type !== type) return [];
    return [body.type === 'page-receipt' ? body.text : body.detail];
  });
}

const numbersOf = (incidents: readonly Incident[]): readonly number[] => incidents.map((one) => one.number);

test('a single page that was held comes as it is, with its own ways to answer: SMS', async () => {
  const [held] = await openHeld({ contacts: [sms] }, 1);
  await summaryOut('sms', 1);
  const body = lastForm().get('Body') ?? '';
  expect(body).toContain(`Reply ACK ${held?.number} or ESCALATE ${held?.number}, or: https://`);
  expect(body).not.toContain('pages at once');
});

test('a single page that was held comes as it is, with its own ways to answer: a call', async () => {
  const [held] = await openHeld({ contacts: [voice] }, 1);
  await summaryOut('voice', 1);
  expect(lastForm().get('Twiml')).toContain('Press 4 to acknowledge, 6 to call the next level.');
  const key = /callbacks\/twilio(\/key\/[^"]+)"/.exec(lastForm().get('Twiml') ?? '')?.[1] ?? '';
  expect((await stage.called(key, { Digits: '6' })).body).toContain(`#${held?.number}: level 2 is called`);
  expect((await stage.called(key, { Digits: '4' })).body).toContain('is acknowledged by Primary');
  expect(await acknowledged()).toEqual([held?.number]);
});

test('of several that were held, what was answered meanwhile is not asked for again', async () => {
  const [first, second] = await openHeld({ contacts: [inSlack] }, 2);
  await stage.pressed('acknowledge', first?.id ?? '');
  await summaryOut('slack', 2);
  const sent = stage.slack.received.findLast((one) => one.body.includes('header'))?.body ?? '';
  expect(sent).toContain(`"value":"${second?.id}"`);
  expect(sent).not.toContain(first?.id);
});

test('what was answered while it was held wakes nobody, and says so', async () => {
  const held = await openHeld({ contacts: [inSlack] }, 2);
  for (const { id } of held) await stage.pressed('acknowledge', id);
  const sent = stage.slack.received.length;
  await stage.endRests();
  await vi.waitFor(async () => expect(await rowsOf('slack', `state = 'skipped'`)).toHaveLength(3), patience);
  for (const one of held)
    expect(await textsOf(one, 'page-receipt')).toEqual(['not sent: acknowledged by primary before its turn']);
  expect(stage.slack.received).toHaveLength(sent);
});

test('a key acknowledges exactly what the call is about, once', async () => {
  const held = await openHeld({ contacts: [voice] }, 3);
  const summary = await summaryOut('voice', 3);
  const said = lastForm().get('Twiml') ?? '';
  expect(said).toContain(`number ${numbersOf(held).join(', ')}.`);
  expect(said).toContain('Press 4 to acknowledge all 3 incidents.');
  expect(said).toContain(`/callbacks/twilio/key/${summary}"`);
  const other = await stage.opened('other');
  expect((await stage.called(`/key/${summary}`, { Digits: '6' })).body).toContain('Nothing is acknowledged');
  expect(await acknowledged()).toEqual([]);
  const [a, b, c] = numbersOf(held);
  const answer = await stage.called(`/key/${summary}`, { Digits: '4' });
  expect(answer.body).toContain(`#${a}, #${b} and #${c} are acknowledged by Primary.`);
  expect(await acknowledged()).toEqual(numbersOf(held));
  expect((await stage.called(`/key/${summary}`, { Digits: '4' })).body).toContain('Nothing of it waits');
  expect(await acknowledged()).not.toContain(other.number);
  const events = await stage.incidents.events(held[0]?.id ?? '');
  expect(events.filter(({ body }) => body.type === 'acknowledged')).toHaveLength(1);
});

test('in Slack each has its button, and all of them one', async () => {
  const held = await openHeld({ contacts: [inSlack] }, 3);
  const summary = await summaryOut('slack', 3);
  const sent = stage.slack.received.at(-1)?.body ?? '';
  for (const { id } of held) expect(sent).toContain(`"action_id":"acknowledge","value":"${id}"`);
  expect(sent).toContain(`"action_id":"acknowledge-all","value":"${summary}"`);
  await stage.pressed('acknowledge', held[1]?.id ?? '');
  expect(await acknowledged()).toEqual([held[1]?.number]);
  await stage.pressed('acknowledge-all', summary, 'U9');
  await stage.pressed('acknowledge-all', held[0]?.id ?? '');
  expect(await acknowledged()).toEqual([held[1]?.number]);
  await stage.pressed('acknowledge-all', summary);
  expect(await acknowledged()).toEqual(numbersOf(held));
});

test('a press that only opens a page is answered as Slack asks for it: 200', async () => {
  expect((await stage.pressed('open', '')).status).toBe(200);
});

test('a summary that did not arrive fails each page in it, and each has its next way; nobody else’s summary goes out for it', async () => {
  const rules = [{ afterMinutes: 0, by: ['sms'] }];
  const held = await openHeld({ contacts: [sms, voice], rules }, 3);
  const summary = await summaryOut('sms', 3);
  await db.query(
    `insert into messages (id, kind, incident_id, page_id, person, channel, address, subject, body, due_at, created_at)
     values ('others', 'summary', $1, '', 'secondary', 'sms', '+491', '', '', clock_timestamp() + interval '1 hour', clock_timestamp())`,
    [held[0]?.id],
  );
  const status = { MessageStatus: 'undelivered', ErrorCode: '30003' };
  await stage.called(`/status/${summary}`, status);
  await stage.called(`/status/${summary}`, status);
  const lost = ['did not arrive 03:02:11 (Twilio 30003)'];
  await vi.waitFor(async () => {
    for (const one of held) expect(await textsOf(one, 'page-failed')).toEqual(lost);
  }, patience);
  for (const one of held) expect(await textsOf(one, 'page-receipt')).toEqual(lost);
  const called = await rowsOf('voice', `state <> 'reserve' and kind = 'page'`);
  expect(new Set(called.map((one) => one.incident_id))).toEqual(new Set(held.map(({ id }) => id)));
  const { rowCount: waiting } = await db.query(
    `select 1 from messages where id = 'others' and state = 'queued' and due_at > clock_timestamp()`,
  );
  expect(waiting).toBe(1);
});

test('a summary that did not arrive wakes the next person when no other way is left, for each page in it', async () => {
  const held = await openHeld({ contacts: [sms] }, 3);
  const summary = await summaryOut('sms', 3);
  await stage.called(`/status/${summary}`, { MessageStatus: 'failed' });
  await vi.waitFor(async () => {
    for (const { id } of held)
      // Further up it goes on at once: nobody's mail goes out here.
      expect((await stage.incidents.get(id))?.pages.slice(0, 2).map((one) => one.person)).toEqual([
        'primary',
        'secondary',
      ]);
  }, patience);
  // What is told afterwards does not make it one that arrived.
  await stage.called(`/status/${summary}`, { MessageStatus: 'canceled' });
  await vi.waitFor(async () => {
    for (const one of held)
      expect(await textsOf(one, 'page-receipt')).toContain('failed 03:02:11, was cancelled 03:02:11');
  }, patience);
  for (const { id } of held)
    expect((await stage.incidents.get(id))?.pages[0]?.channels[0]?.state).toBe('failed');
});

test('what is told of a summary before its pages have told their incidents is not lost', async () => {
  const held = await openHeld({ contacts: [sms] }, 2);
  const [summary] = await rowsOf('sms', `kind = 'summary'`);
  await stage.called(`/status/${summary?.id}`, { MessageStatus: 'undelivered' });
  await summaryOut('sms', 2);
  for (const one of held) {
    expect(await textsOf(one, 'page-failed')).toEqual(['did not arrive 03:02:11']);
    expect((await stage.incidents.get(one.id))?.pages[1]?.person).toBe('secondary');
  }
});

test('receipts of a call about several are on the timeline of each', async () => {
  const held = await openHeld({ contacts: [voice] }, 2);
  const summary = await summaryOut('voice', 2);
  for (const CallStatus of ['initiated', 'ringing', 'ringing', 'in-progress', 'completed'])
    await stage.called(`/status/${summary}`, { CallStatus });
  await vi.waitFor(async () => {
    for (const one of held)
      expect((await textsOf(one, 'page-receipt')).at(-1)).toBe('rang 03:02:11, answered 03:02:11');
  }, patience);
  for (const one of held) expect(await textsOf(one, 'page-failed')).toEqual([]);
});

test('a call about several that rang in vain brings the next way of each forward, and fails none', async () => {
  const rules = [{ afterMinutes: 0, by: ['voice'] }];
  const held = await openHeld({ contacts: [voice, sms], rules }, 2);
  const summary = await summaryOut('voice', 2);
  await stage.called(`/status/${summary}`, { CallStatus: 'no-answer' });
  const brought = await rowsOf('sms', `state <> 'reserve' and kind = 'page'`);
  expect(new Set(brought.map((one) => one.incident_id))).toEqual(new Set(held.map(({ id }) => id)));
  await vi.waitFor(async () => {
    for (const one of held) expect(await textsOf(one, 'page-receipt')).toEqual(['not answered 03:02:11']);
  }, patience);
  for (const one of held) expect(await textsOf(one, 'page-failed')).toEqual([]);
});
