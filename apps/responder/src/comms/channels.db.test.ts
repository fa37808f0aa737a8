import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { startMailServer } from '../../test/mail-server.ts';
import type { Delivery } from './channel.ts';
import { createEmailChannel } from './email/email-channel.ts';
import { readSmtpFailure } from './email/smtp-failure.ts';
import { channelContract, page, shortLimitMs, type UnderTest } from './fixtures/channel-contract.ts';
import { wrongSecret } from './fixtures/check-contract.ts';
import { freePort } from './fixtures/http-under-test.ts';
import type { Mood } from './fixtures/http-provider.ts';
import { createInboxChannel } from './inbox/inbox-channel.ts';

const db = await testDatabase();
const mail = await startMailServer();
afterAll(() => mail.close());
const from = 'Tocsin <tocsin@example.org>';
const open = new AbortController().signal;
const onMail = { ...page, address: 'primary@example.org' };

/** SMTP has no Retry-After; 421 is how a server says that it is asked too much. */
const refusals: Partial<Record<Mood, number>> = { refuses: 550, breaks: 451, throttles: 421 };

async function mailUnderTest(): Promise<UnderTest> {
  return {
    channel: createEmailChannel({ url: mail.loginUrl(mail.password), from }),
    wrong: createEmailChannel({ url: mail.loginUrl(wrongSecret), from }),
    hasty: createEmailChannel({ url: mail.url, from }, shortLimitMs),
    unreachable: createEmailChannel({ url: `smtp://127.0.0.1:${await freePort()}`, from }),
    address: onMail.address,
    mood: (mood) => {
      delete mail.behaviour.refuse;
      delete mail.behaviour.silent;
      delete mail.behaviour.atConnect;
      if (refusals[mood] !== undefined) mail.behaviour.refuse = refusals[mood];
      if (mood === 'hangs') mail.behaviour.silent = true;
    },
    checkMood: (mood) => {
      if (mood === 'breaks') mail.behaviour.atConnect = 451;
      if (mood === 'hangs') mail.behaviour.atConnect = 'hangs';
    },
    arrived: () => mail.received.map((one) => one.raw),
    forget: () => {
      mail.received.length = 0;
    },
    // What a server says after the text is a success or none: there is nothing to misunderstand.
    close: () => Promise.resolve(),
  };
}

channelContract('email', mailUnderTest, {
  asks: 'provider',
  never: ['talks-nonsense'],
  // A server that has no time says so as one that is out of order does.
  neverAsked: ['talks-nonsense', 'throttles'],
});

async function inboxUnderTest(): Promise<UnderTest> {
  await db.query(`insert into plans (hash, file, plan, markdown) values ('h', 'f', '{}', '')`);
  await db.query(`insert into incidents values ('inc_1', 1, 's', 'open', 'h', '{}', 1, clock_timestamp())`);
  for (const id of ['m-1', 'm-2'])
    await db.query(
      `insert into messages (id, incident_id, page_id, person, channel, address, subject, body, due_at, created_at)
       values ($1, 'inc_1', 'p', 'primary', 'inbox', '', '', '', clock_timestamp(), clock_timestamp())`,
      [id],
    );
  let letGo: (() => void) | null = null;
  const hold = async (): Promise<void> => {
    const released = new Promise<void>((resolve) => (letGo = resolve));
    await new Promise<void>((locked) => {
      void db.transact(async (tx) => {
        await tx.query('lock table inbox in exclusive mode');
        locked();
        await released;
      });
    });
  };
  return {
    channel: createInboxChannel(db),
    hasty: createInboxChannel(db, shortLimitMs),
    address: '',
    mood: async (mood) => {
      letGo?.();
      letGo = null;
      if (mood === 'hangs') await hold();
    },
    arrived: async () => {
      const { rows } = await db.query<{ text: string }>(
        `select subject || E'\\n' || body as text from inbox order by message_id`,
      );
      return rows.map((one) => one.text);
    },
    forget: () => db.query('delete from inbox'),
    // A row in our own database: it is there, or the database is away.
    close: () => {
      letGo?.();
      return Promise.resolve();
    },
  };
}

channelContract('inbox', inboxUnderTest, {
  asks: 'no-provider',
  never: ['refuses', 'breaks', 'throttles', 'talks-nonsense', 'gone'],
});

test('the same message twice is one in the inbox', async () => {
  const inbox = createInboxChannel(db);
  await db.query('delete from inbox');
  await inbox.deliver(page, open);
  await inbox.deliver({ ...page, mayBeRepeat: true }, open);
  expect((await db.query('select 1 from inbox')).rowCount).toBe(1);
});

test('a possible repeat by mail is marked in its header too, under the same Message-ID; no text becomes a header', async () => {
  delete mail.behaviour.silent;
  delete mail.behaviour.atConnect;
  mail.received.length = 0;
  const channel = createEmailChannel({ url: mail.url, from });
  await channel.deliver({ ...onMail, mayBeRepeat: true, subject: 'a\r\nBcc: all@example.org' }, open);
  expect(mail.received[0]).toMatchObject({ id: 'm-1', mayBeRepeat: true });
  expect(mail.received[0]?.raw).not.toMatch(/^bcc:/im);
});

test('what passes is about the mailbox when the server says it to the address, and about the server otherwise', async () => {
  const ends = async (refuse: number): Promise<Delivery> => {
    mail.behaviour.refuse = refuse;
    const channel = createEmailChannel({ url: mail.url, from });
    return channel.deliver(onMail, open);
  };
  expect(await ends(450)).toMatchObject({ outcome: 'failed', permanent: false, aboutAddress: true });
  expect(await ends(451)).toMatchObject({ aboutAddress: true });
  expect(await ends(421)).not.toHaveProperty('aboutAddress');
  delete mail.behaviour.refuse;
  const gone = createEmailChannel({ url: `smtp://127.0.0.1:${await freePort()}`, from });
  expect(await gone.deliver(onMail, open)).not.toHaveProperty('aboutAddress');
});

test.each([
  ['RCPT TO', '450 4.2.2 mailbox full', true],
  ['DATA', '451 4.7.1 greylisted', true],
  ['RCPT TO', '452 4.3.1 insufficient system storage', false],
  ['RCPT TO', '451 4.4.1 no connection to the directory', false],
  ['MAIL FROM', '451 4.7.1 try again later', false],
  ['DATA', '421 4.7.0 too many connections', false],
])('%s answered by %s: of the mailbox: %s', (command, response, isMailbox) => {
  const responseCode = Number(response.slice(0, 3));
  const failure = readSmtpFailure({ command, response, responseCode, message: response }, false);
  expect(failure.aboutAddress === true).toBe(isMailbox);
});

test('a mail that is cut off before its text was asked for never arrives, however late the server answers', async () => {
  delete mail.behaviour.silent;
  mail.received.length = 0;
  mail.behaviour.addressedAfterMs = 600;
  const channel = createEmailChannel({ url: mail.url, from }, 300);
  const delivery = await channel.deliver(onMail, open);
  expect(delivery).toMatchObject({ outcome: 'failed', maybeSent: false, permanent: false });
  await mail.idle();
  await pause(500);
  delete mail.behaviour.addressedAfterMs;
  expect(mail.received).toEqual([]);
});
