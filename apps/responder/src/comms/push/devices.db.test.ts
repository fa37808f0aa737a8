import { afterAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { plan } from '../../../test/runbook.ts';
import type { Incidents } from '#incidents';
import { decideReadiness, openTeam, type Person } from '#oncall';
import { createLogger } from '#platform';
import { channelsSchema } from '../config/channels-config.ts';
import { createComms } from '../create-comms.ts';
import { startHttpProvider } from '../fixtures/http-provider.ts';
import { createPushBrowser } from '../fixtures/push-browser.ts';

const db = await testDatabase();
const log = createLogger({ level: 'silent' });
const service = await startHttpProvider({
  accepts: () => ({ status: 201, body: '' }),
  refuses: { status: 410, body: { code: 410, error: 'Gone' } },
  breaks: { status: 500, body: '' },
  throttles: { status: 429, body: '' },
});
const member: Person = {
  id: 'primary',
  name: 'Primary',
  role: 'approver',
  drill: false,
  contacts: [{ channel: 'inbox' }],
};
const team = await openTeam({
  db,
  serviceId: 'service',
  start: { people: [member], onCall: { 1: ['primary'] } },
  log,
});
const channels = channelsSchema(() => '').parse({
  push: { subject: 'mailto:ops@example.org', services: [service.url] },
});
const comms = createComms({
  db,
  // Nothing here is about an incident.
  incidents: {} as Incidents,
  people: () => team.current().people,
  channels,
  log,
});
await comms.start();
afterAll(async () => {
  await comms.stop();
  await team.close();
  await service.close();
});

const browser = createPushBrowser();
const person = (): Person => team.current().people[0] ?? member;

async function findings(): Promise<string> {
  const now = team.current();
  const facts = await comms.readinessFacts(now.people);
  return decideReadiness(now, plan, facts, Date.now())
    .map((one) => one.text)
    .join();
}

test('a browser becomes a contact, verified by a code that only it can read; when it is gone, so is the way, and readiness says so', async () => {
  expect(await findings()).toContain('no way to be woken');
  const subscription = browser.subscription(`${service.url}/wpush/1`);
  const contact = await comms.devices.add(member, 'Firefox on Linux', subscription);
  expect(contact).toMatch(/^push:firefox-on-linux-[0-9a-f]{6}$/);
  await team.refresh();
  expect(await findings()).toContain('has verified no way to be woken (push)');
  expect(await comms.devices.add(member, 'Another name', subscription)).toBe(contact);

  await comms.sendCode(person(), contact);
  const sent = await vi.waitFor(() => {
    const found = service.received.at(-1);
    if (found === undefined) throw new Error('nothing has come');
    return found;
  }, 30_000);
  const { body } = JSON.parse(browser.read(sent.raw)) as { body: string };
  const code = /Your code is ([\d ]+)\./.exec(body)?.[1]?.replaceAll(' ', '') ?? '';
  await comms.verifyContact(person(), { contact, code });
  expect(await findings()).not.toContain('no way to be woken');
  expect(
    (await comms.contactsOf(person(), Date.now())).find((one) => one.contact === contact)?.verified,
  ).toBe(true);

  service.mood = 'refuses';
  await db.query('update contact_verifications set sent_at = null');
  await comms.sendCode(person(), contact);
  await vi.waitFor(() => {
    expect(person().contacts).toEqual([{ channel: 'inbox' }]);
  }, 30_000);
  expect(await findings()).toContain(`is no longer woken on the device ${contact.slice(5)}`);
});

test('no request goes to a host that is no push service, and nobody removes another’s device', async () => {
  const inside = browser.subscription('http://169.254.169.254/latest');
  await expect(comms.devices.add(member, 'x', inside)).rejects.toThrow(/expected a browser's push service/);
  const contact = await comms.devices.add(member, '', browser.subscription(`${service.url}/wpush/2`));
  await expect(comms.devices.remove({ ...member, id: 'other' }, contact)).rejects.toThrow(
    /none of your devices/,
  );
  await comms.devices.remove(member, contact);
  await team.refresh();
  expect(person().contacts).toEqual([{ channel: 'inbox' }]);
});
