import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { teamDocument } from '@tocsin/contract';
import { afterAll, expect, it, vi } from 'vitest';
import { createApiToken } from '../../responder/src/api/api-token.ts';
import { createApi } from '../../responder/src/api/create-api.ts';
import { createStage } from '../../responder/src/api/fixtures/stage.ts';
import { startHttpProvider } from '../../responder/src/comms/fixtures/http-provider.ts';
import { twilioAccount, twilioDialect } from '../../responder/src/comms/fixtures/twilio-dialect.ts';
import { channelsSchema } from '../../responder/src/comms/index.ts';
import { testDatabase } from '../../responder/test/database.ts';
import { startMailServer } from '../../responder/test/mail-server.ts';
import { tocsin } from './lsp-client.ts';

const db = await testDatabase();
const mail = await startMailServer();
const twilio = await startHttpProvider(twilioDialect('SM1'));
const stops: (() => Promise<unknown>)[] = [mail.close, twilio.close];
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

const phone = '+4915112345678';
const contact = `sms:${phone}`;
const channels = channelsSchema(() => twilioAccount.token).parse({
  sms: { provider: 'twilio', ...twilioAccount, url: twilio.url, token: { env: 'TOKEN' } },
});

/** A responder whose people have an SMS contact, with this password for its mail server; answers how to run the command on it. */
async function responderWith(password: string) {
  const smtp = { url: mail.loginUrl(password), from: 'tocsin@example.org' };
  const stage = await createStage(db, {}, { channels, smtp });
  stops.push(stage.close);
  const { team, currentPlan } = stage.ports;
  const { inUse } = team.state();
  const { escalation, roles } = currentPlan().plan;
  const called = [...escalation.map((_, index) => String(index + 1)), ...roles.map((role) => role.id)];
  const people = inUse.document.people.map((one) =>
    one.id === 'primary' ? { ...one, contacts: [{ channel: 'sms', address: phone }] } : one,
  );
  await team.apply(
    teamDocument.parse({
      ...inUse.document,
      people,
      onCall: Object.fromEntries(called.map((key) => [key, ['primary']])),
    }),
    inUse.version,
    { kind: 'user', id: 'admin', name: 'An administrator' },
  );
  const options = {
    version: '0.1.0',
    startedAt: Date.now(),
    consoleDir: null,
    publicUrl: 'http://127.0.0.1',
  };
  const api = await createApi(stage.ports, options);
  stops.push(() => api.close());
  const url = await api.listen({ host: '127.0.0.1', port: 0 });
  const token = await createApiToken(db, 'primary', 'test');
  return (...command: string[]) => run([...command, '--url', url, '--token', token]);
}

/** The command as it is installed. */
async function run(command: readonly string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [tocsin, ...command], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, said: stripVTControlCharacters(said) };
}

it('tocsin oncall check names a contact that nobody has verified and a mail server that refuses our password, and exits with 1', async () => {
  const ask = await responderWith('mistyped');
  const { code, said } = await ask('oncall', 'check');
  expect(said).toContain('! Primary on-call (primary) has verified no way to be woken (sms)');
  expect(said).toMatch(/! channel email is dead: .*535/);
  expect(said).toMatch(/^channels alive: sms$/m);
  expect(said).not.toMatch(/mistyped|4915112345678/);
  expect(code).toBe(1);
});

it('once the code that came there was entered, and the password is right, all is ready', async () => {
  const ask = await responderWith(mail.password);
  twilio.received.length = 0;
  await ask('contact', 'code', contact);
  const text = await vi.waitFor(() => {
    const sent = twilio.received.find((one) => one.method === 'POST');
    if (sent === undefined) throw new Error('no message has come');
    return new URLSearchParams(sent.body).get('Body') ?? '';
  }, 30_000);
  const digits = /Your code is ([\d ]+)\./.exec(text)?.[1]?.replaceAll(' ', '') ?? '';
  await ask('contact', 'verify', contact, digits);
  const { code, said } = await ask('oncall', 'check');
  expect(said).toMatch(/^ready: everybody on call can be woken by a way they have verified/);
  expect(said).toMatch(/^channels alive: email, sms$/m);
  expect(code).toBe(0);
});

it('what is refused is said once, with its place and what was expected', async () => {
  const ask = await responderWith(mail.password);
  const { code, said } = await ask('incident', 'snooze', 'inc_1', '9999', 'known');
  expect(said).toMatch(/^tocsin: body\.minutes: 9999; .*1440\n$/);
  expect(code).toBe(2);
});
