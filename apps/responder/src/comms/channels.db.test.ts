import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { startMailServer } from '../../test/mail-server.ts';
import type { Channel, OutgoingMessage } from './channel.ts';
import { createEmailChannel } from './email/email-channel.ts';
import { createInboxChannel } from './inbox/inbox-channel.ts';

const db = await testDatabase();
const mail = await startMailServer();
afterAll(() => mail.close());
const from = 'Tocsin <tocsin@example.org>';
const never = new AbortController().signal;
const message: OutgoingMessage = {
  id: 'm-1',
  incidentId: 'inc_1',
  person: 'primary',
  address: 'primary@example.org',
  subject: '[P0] #1 everything fails',
  body: 'P0: everything fails',
  mayBeRepeat: false,
};

beforeEach(async () => {
  mail.received.length = 0;
  delete mail.behaviour.refuse;
  delete mail.behaviour.silent;
  await db.query('truncate plans, incidents, messages, inbox cascade');
  await db.query(`insert into plans (hash, file, plan, markdown) values ('h', 'f', '{}', '')`);
  await db.query(`insert into incidents values ('inc_1', 1, 's', 'open', 'h', '{}', 1, clock_timestamp())`);
  await db.query(
    `insert into messages (id, incident_id, page_id, person, channel, address, subject, body, due_at, created_at)
     values ('m-1', 'inc_1', 'p', 'primary', 'inbox', '', '', '', clock_timestamp(), clock_timestamp())`,
  );
});

/** The contract of every channel; a new one is added to this list. */
const channels: readonly { name: string; channel: Channel; arrived: () => Promise<number> }[] = [
  {
    name: 'email',
    channel: createEmailChannel({ url: mail.url, from }),
    arrived: () => Promise.resolve(new Set(mail.received.map((one) => one.id)).size),
  },
  {
    name: 'inbox',
    channel: createInboxChannel(db),
    arrived: async () => (await db.query('select 1 from inbox')).rowCount,
  },
];

describe.each(channels)('the channel $name', ({ channel, arrived }) => {
  test('delivers, with a receipt', async () => {
    const delivery = await channel.deliver(message, never);
    expect(delivery).toMatchObject({ outcome: 'delivered', receipt: expect.stringMatching(/./) });
    expect(await arrived()).toBe(1);
  });

  test('lets the same message be recognised when it is sent twice', async () => {
    await channel.deliver(message, never);
    await channel.deliver({ ...message, mayBeRepeat: true }, never);
    expect(await arrived()).toBe(1);
  });

  test('takes any text', async () => {
    const odd = { ...message, subject: 'Ünïcode\r\nBcc: all@example.org', body: '.\r\n.\r\n\u0001 " \' \\ ' };
    expect(await channel.deliver(odd, never)).toMatchObject({ outcome: 'delivered' });
    expect(mail.received.every((one) => !/^bcc:/im.test(one.raw))).toBe(true);
  });
});

describe('e-mail', () => {
  const channel = createEmailChannel({ url: mail.url, from });

  test('a possible repeat is marked in header and text, under the same Message-ID', async () => {
    await channel.deliver({ ...message, mayBeRepeat: true }, never);
    expect(mail.received[0]).toMatchObject({ id: 'm-1', mayBeRepeat: true });
    expect(mail.received[0]?.raw).toContain('This may be a repeat');
  });

  test('a 4xx answer passes, a 5xx answer is for good; both say what the server said', async () => {
    mail.behaviour.refuse = 451;
    const later = { outcome: 'failed', permanent: false, maybeSent: false };
    expect(await channel.deliver(message, never)).toMatchObject(later);
    mail.behaviour.refuse = 550;
    const delivery = await channel.deliver(message, never);
    expect(delivery).toMatchObject({
      outcome: 'failed',
      permanent: true,
      reason: expect.stringContaining('550'),
    });
  });

  test('nobody listening passes, and nothing was sent', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    const nobody = createEmailChannel({ url: `smtp://127.0.0.1:${port}`, from });
    expect(await nobody.deliver(message, never)).toMatchObject({ permanent: false, maybeSent: false });
  });

  test('a server that takes the text and falls silent may have taken it', async () => {
    mail.behaviour.silent = true;
    expect(await channel.deliver(message, never)).toMatchObject({ permanent: false, maybeSent: true });
  });

  test('a lost lease cuts the attempt off', async () => {
    mail.behaviour.silent = true;
    const lease = new AbortController();
    const delivery = channel.deliver(message, lease.signal);
    lease.abort(new Error('the lease is lost'));
    expect(await delivery).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('cut off') });
  });
});
