import { afterAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { startMailServer } from '../../../test/mail-server.ts';
import { startPagingCore } from '../../../test/paging-core.ts';
import { personCalled } from '../../../test/people.ts';

const db = await testDatabase();
const mail = await startMailServer();
const { comms, stop } = await startPagingCore(db, mail.url);
afterAll(async () => {
  await stop();
  await mail.close();
});

const person = personCalled('primary');
const contact = `email:${person.id}@example.org`;

async function codeThatCame(): Promise<string> {
  const raw = await vi.waitFor(() => {
    const found = mail.received.at(-1)?.raw;
    if (found === undefined) throw new Error('nothing has come');
    return found;
  }, 30_000);
  return /Your code is ([\d ]+)\./.exec(raw)?.[1]?.replaceAll(' ', '') ?? '';
}

async function stands() {
  const contacts = await comms.contactsOf(person, Date.now());
  return contacts.map((one) => [one.contact, one.verified]);
}

test('a code comes by the contact itself, and verifies it once; its text is not kept', async () => {
  expect(await stands()).toEqual([
    [contact, false],
    ['inbox', true],
  ]);
  await comms.sendCode(person, contact);
  const code = await codeThatCame();
  await vi.waitFor(async () => {
    const { rows } = await db.query(`select state, body from messages where kind = 'code'`);
    expect(rows).toEqual([{ state: 'sent', body: '' }]);
  }, 30_000);
  const wrong = code === '000000' ? '000001' : '000000';
  await expect(comms.verifyContact(person, { contact, code: wrong })).rejects.toThrow(/not the one/);
  await comms.verifyContact(person, { contact, code });
  expect(await stands()).toEqual([
    [contact, true],
    ['inbox', true],
  ]);
  await expect(comms.verifyContact(person, { contact, code })).rejects.toThrow(/none holds/);
});

test('five wrong codes use it up, also when they come at once', async () => {
  await db.query('delete from contact_verifications');
  mail.received.length = 0;
  await comms.sendCode(person, contact);
  const code = await codeThatCame();
  const wrong = code === '000000' ? '000001' : '000000';
  await Promise.allSettled(
    Array.from({ length: 8 }, () => comms.verifyContact(person, { contact, code: wrong })),
  );
  await expect(comms.verifyContact(person, { contact, code })).rejects.toThrow(/none holds/);
});

test('codes do not come faster than one in 30 s, nor for what is not theirs or needs none', async () => {
  await expect(comms.sendCode(person, contact)).rejects.toThrow(/expected 30 s in between/);
  await expect(comms.sendCode(person, 'email:other@example.org')).rejects.toThrow(/none of yours/);
  await expect(comms.sendCode(person, 'inbox')).rejects.toThrow(/needs no code/);
});
