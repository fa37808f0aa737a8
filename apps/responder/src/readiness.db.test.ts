import { Registry } from 'prom-client';
import { afterAll, expect, test } from 'vitest';
import { channelsSchema, createComms, type Comms } from '#comms';
import { createLogger } from '#platform';
import {
  type ContactMethod,
  type LiveTeam,
  openTeam,
  readLastCheck,
  registerReadinessMetrics,
  startReadiness,
} from '#oncall';
import { testDatabase } from '../test/database.ts';
import { startMailServer } from '../test/mail-server.ts';
import { startHttpProvider } from './comms/fixtures/http-provider.ts';
import { twilioAccount, twilioDialect } from './comms/fixtures/twilio-dialect.ts';
import { plan } from '../test/runbook.ts';

const db = await testDatabase();
const log = createLogger({ level: 'silent' });
const mail = await startMailServer();
const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
  await mail.close();
});

const ways = {
  mail: (id: string) => [{ channel: 'email', address: `${id}@example.org` }, { channel: 'inbox' }],
  inbox: () => [{ channel: 'inbox' }],
  sms: () => [{ channel: 'sms', address: '+4915112345678' }],
} as const satisfies Record<string, (id: string) => readonly ContactMethod[]>;

const noSms = channelsSchema(() => '').parse({});

async function teamOf(
  serviceId: string,
  contacts: keyof typeof ways,
  { channels = noSms, smtpUrl = mail.loginUrl(mail.password) } = {},
): Promise<{ team: LiveTeam; comms: Comms }> {
  const smtp = { url: smtpUrl, from: 'tocsin@example.org' };
  const person = (id: string, way: keyof typeof ways) => ({
    id,
    name: id,
    role: 'approver' as const,
    drill: false,
    contacts: ways[way](`${id}-${serviceId}`),
  });
  const keys = [...plan.escalation.map((_, index) => String(index + 1)), ...plan.roles.map((one) => one.id)];
  const onCall = Object.fromEntries(keys.map((key) => [key, ['ada']]));
  const people = [person('owner', 'mail'), person('ada', contacts)];
  const readiness = { owner: 'owner', at: '09:00', zone: 'UTC' };
  const team = await openTeam({ db, serviceId, start: { people, onCall, readiness, smtp }, log });
  const incidents = { applyIn: () => Promise.reject(new Error('a notice is about no incident')) } as never;
  const comms = createComms({ db, incidents, people: () => team.current().people, smtp, channels, log });
  await comms.start();
  stops.push(team.close, comms.stop);
  return { team, comms };
}

/** As if the person had entered the code that came there. */
async function verify(person: string, contact: string): Promise<void> {
  await db.query(
    `insert into contact_verifications (person, contact, verified_at) values ($1, $2, clock_timestamp())`,
    [person, contact],
  );
}

/** Morning comes now. */
async function morning(serviceId: string): Promise<void> {
  await db.query(
    `update readiness_checks set due_at = clock_timestamp() where service_id = $1 and done_at is null`,
    [serviceId],
  );
  await db.query(`select pg_notify('readiness', $1)`, [serviceId]);
}

const rowsOf = async (serviceId: string) =>
  (
    await db.query<{ done: boolean }>(
      `select done_at is not null as done from readiness_checks where service_id = $1 order by done_at nulls last`,
      [serviceId],
    )
  ).rows.map((one) => one.done);

test('in the morning the owner is told by message what is not ready, once, although two responders look', async () => {
  const { team, comms } = await teamOf('s1', 'inbox');
  const { inform, readinessFacts: facts } = comms;
  const options = { db, serviceId: 's1', team, plan: () => plan, facts, inform, log };
  for (const one of [await startReadiness(options), await startReadiness(options)]) stops.push(one.stop);
  expect(await rowsOf('s1')).toEqual([false]);
  await morning('s1');
  await expect
    .poll(() => mail.received.filter((one) => one.to.includes('owner-s1@example.org')).length)
    .toBe(1);
  expect(await rowsOf('s1')).toEqual([true, false]);
  expect(await readLastCheck(db, 's1')).toMatchObject({
    told: 'owner',
    findings: [{ kind: 'cannot-be-woken', text: expect.stringContaining('ada') }],
  });
  const [notice] = await comms.inboxOf('owner');
  expect(notice).toMatchObject({ incidentId: null, subject: 'On-call is not ready: 1 thing to mend' });
  const { rows } = await db.query('select 1 from incidents');
  expect(rows).toEqual([]);
  await db.query(`select pg_notify('readiness', 's1')`);
  expect(await rowsOf('s1')).toEqual([true, false]);
});

test('where all is ready nobody is told, and the next look is set', async () => {
  const { team, comms } = await teamOf('s2', 'mail');
  await verify('ada', 'email:ada-s2@example.org');
  const { inform, readinessFacts: facts } = comms;
  const look = await startReadiness({ db, serviceId: 's2', team, plan: () => plan, facts, inform, log });
  stops.push(look.stop);
  await morning('s2');
  await expect.poll(() => rowsOf('s2')).toEqual([true, false]);
  expect(await readLastCheck(db, 's2')).toMatchObject({ findings: [], told: null });
  expect(mail.received.filter((one) => one.to.includes('owner-s2@example.org'))).toEqual([]);
});

test('who has verified nothing is found, and every provider that refuses our credentials, the second of a kind too', async () => {
  const twilio = await startHttpProvider(twilioDialect('SM1'));
  stops.push(twilio.close);
  const account = { provider: 'twilio', ...twilioAccount, url: twilio.url };
  const channels = channelsSchema((place) => ('env' in place ? place.env : '')).parse({
    sms: [
      { ...account, token: { env: twilioAccount.token } },
      { ...account, token: { env: 'an-old-token' } },
    ],
    teams: { ops: { url: { env: 'https://teams.example.org/1' } } },
  });
  const metrics = new Registry();
  registerReadinessMetrics(metrics, { db, serviceId: 's3' });
  expect(await metrics.metrics()).not.toMatch(/^tocsin_readiness/m);
  const { team, comms } = await teamOf('s3', 'sms', { channels, smtpUrl: mail.loginUrl('mistyped') });
  const { inform, readinessFacts: facts } = comms;
  const look = await startReadiness({ db, serviceId: 's3', team, plan: () => plan, facts, inform, log });
  stops.push(look.stop);
  await morning('s3');
  await expect.poll(() => rowsOf('s3')).toEqual([true, false]);
  const { findings = [] } = (await readLastCheck(db, 's3')) ?? {};
  expect(findings.map(({ kind, text }) => [kind, text.replace(/;.*/, '')])).toEqual([
    ['channel-dead', expect.stringMatching(/^channel email is dead: .*535/)],
    ['channel-dead', 'channel sms-2 is dead: HTTP 401: Authenticate (Twilio 20003)'],
    ['unverified', 'ada (ada) has verified no way to be woken (sms): expected one, by tocsin contact code'],
  ]);
  const text = await metrics.metrics();
  expect(text).toContain('tocsin_readiness_findings{kind="channel-dead"} 2\n');
  expect(text).toContain('tocsin_readiness_findings{kind="unverified"} 1\n');
  expect(text).toContain('tocsin_readiness_findings{kind="gap"} 0\n');
  expect(text).toMatch(/^tocsin_readiness_looked_timestamp_seconds \d/m);
  expect(JSON.stringify(findings)).not.toMatch(/mistyped|an-old-token/);
  expect((await facts([])).channels.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'email dead',
    'sms alive',
    'sms-2 dead',
    'teams not-checked',
  ]);

  // Asked again within the minute, nobody is asked: a wrong password said too often locks accounts.
  expect(twilio.received.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
  await verify('ada', 'sms:+4915112345678');
  const now = await facts(team.current().people);
  expect(now.contacts.get('ada')).toMatchObject([{ contact: 'sms:+4915112345678', verified: true }]);
  expect(twilio.received).toHaveLength(3);
  expect(mail.received.filter((one) => one.to.includes('ada'))).toEqual([]);
});
