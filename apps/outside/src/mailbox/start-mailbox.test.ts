import { createTransport, type SendMailOptions } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailFaultMode } from './mail-fault.ts';
import type { ReceivedMessage } from './message-store.ts';
import { startMailbox, type Mailbox } from './start-mailbox.ts';

let mailbox: Mailbox;

beforeEach(async () => {
  mailbox = await startMailbox({ host: '127.0.0.1', smtpPort: 0, httpPort: 0, keep: 3 });
});

afterEach(() => mailbox.close());

const mail = {
  from: 'tocsin@example.test',
  to: 'primary@example.test',
  subject: 'P0',
  text: 'node-b is gone',
};

async function send(message: SendMailOptions = mail, limitMs = 5000): Promise<unknown> {
  const limits = { connectionTimeout: limitMs, greetingTimeout: limitMs, socketTimeout: limitMs };
  const transport = createTransport({ host: '127.0.0.1', port: mailbox.smtpPort, ...limits });
  return transport.sendMail(message).finally(() => transport.close());
}

const at = (path: string): string => `http://127.0.0.1:${mailbox.httpPort}${path}`;

async function messages(): Promise<ReceivedMessage[]> {
  return (await fetch(at('/messages'))).json() as Promise<ReceivedMessage[]>;
}

async function switchTo(mode: MailFaultMode, delayMs = 0): Promise<void> {
  const answer = await fetch(at('/faults'), { method: 'POST', body: JSON.stringify({ mode, delayMs }) });
  expect(answer.status).toBe(200);
}

describe('a message', () => {
  it('is kept as it was sent, whatever its encoding', async () => {
    const text =
      'Größe: 3 % höher als üblich, eine Zeile die so lang ist, dass sie umbrochen werden muss = ja\nZweite';
    await send({
      ...mail,
      to: ['a@example.test', 'b@example.test'],
      bcc: 'hidden@example.test',
      subject: 'Störung: P0 – alle Mandanten',
      headers: { 'X-Incident': '42' },
      text,
      html: '<p>Größe</p>',
    });
    const [message, ...others] = await messages();
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      from: 'tocsin@example.test',
      to: ['a@example.test', 'b@example.test', 'hidden@example.test'],
      subject: 'Störung: P0 – alle Mandanten',
      html: expect.stringContaining('<p>Größe</p>'),
    });
    expect(message?.text.trim()).toBe(text);
    expect(message?.headers).toMatchObject({ 'x-incident': '42', to: 'a@example.test, b@example.test' });
    expect(Date.parse(message?.receivedAt ?? '')).not.toBeNaN();
    expect(await (await fetch(at(`/messages/${message?.id}`))).json()).toEqual(message);
    expect(mailbox.messages()).toEqual([message]);
  });

  it('makes room for newer ones, and all go on request; ids are not used again', async () => {
    for (const subject of ['1', '2', '3', '4']) await send({ ...mail, subject });
    expect((await messages()).map((message) => message.subject)).toEqual(['2', '3', '4']);
    const after = (await (await fetch(at('/messages?after=3'))).json()) as ReceivedMessage[];
    expect(after.map((message) => message.id)).toEqual(['4']);
    expect((await fetch(at('/messages'), { method: 'DELETE' })).status).toBe(204);
    expect(await messages()).toEqual([]);
    await send();
    expect((await messages()).map((message) => message.id)).toEqual(['5']);
  });

  it('cannot put markup into the page', async () => {
    await send({
      ...mail,
      subject: '<script>alert(1)</script>',
      text: '"><img src=x onerror=alert(2)> & \'',
    });
    const answer = await fetch(at('/'));
    const page = await answer.text();
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('&quot;&gt;&lt;img src=x onerror=alert(2)&gt; &amp; &#39;');
    expect(page).not.toMatch(/<(script|img)/);
    expect(answer.headers.get('content-security-policy')).toMatch("default-src 'none'");
  });

  it('that is too large is refused and not kept', async () => {
    await expect(send({ ...mail, text: 'x'.repeat(1_200_000) })).rejects.toMatchObject({ responseCode: 552 });
    expect(await messages()).toEqual([]);
  });
});

describe('a fault', () => {
  it.each([
    ['refuse', 550],
    ['busy', 421],
  ] as const)('%s answers %i and keeps nothing, until normal returns', async (mode, responseCode) => {
    await switchTo(mode);
    await expect(send()).rejects.toMatchObject({ responseCode });
    expect(await messages()).toEqual([]);
    await switchTo('normal');
    await send();
    expect(await messages()).toHaveLength(1);
  });

  it('greylist puts off the first try for each recipient and takes the second', async () => {
    await switchTo('greylist');
    await expect(send()).rejects.toMatchObject({ responseCode: 450 });
    await send();
    await expect(send({ ...mail, to: 'other@example.test' })).rejects.toMatchObject({ responseCode: 450 });
    expect((await messages()).map((message) => message.to)).toEqual([['primary@example.test']]);
  });

  it('hang says nothing, so that the sender runs into its own limit', async () => {
    await switchTo('hang');
    await expect(send(mail, 200)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(await messages()).toEqual([]);
  });

  it('slow keeps the message before it answers', async () => {
    await switchTo('slow', 700);
    let answered = false;
    const sending = send().then(() => (answered = true));
    await expect.poll(async () => (await messages()).length).toBe(1);
    expect(answered).toBe(false);
    await sending;
  });

  it('lost-answer keeps the message but the sender is told nothing', async () => {
    await switchTo('lost-answer');
    await expect(send()).rejects.toMatchObject({ code: expect.stringMatching(/ECONNECTION|ESOCKET/) });
    expect(await messages()).toHaveLength(1);
  });

  it('that does not exist is refused with what was expected, and changes nothing', async () => {
    const answer = await fetch(at('/faults'), { method: 'POST', body: '{"mode":"explode"}' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: expect.stringMatching(/body: .*explode.*expected mode: .*"refuse"/),
    });
    expect(await (await fetch(at('/faults'))).json()).toMatchObject({ mode: 'normal' });
    expect((await fetch(at('/messages/99'))).status).toBe(404);
  });
});

describe('startMailbox', () => {
  it('rejects when a port is taken and leaves nothing open', async () => {
    const taken = { host: '127.0.0.1', smtpPort: 0, httpPort: mailbox.httpPort };
    await expect(startMailbox(taken)).rejects.toThrow('EADDRINUSE');
  });
});
