import { describe, expect, test } from 'vitest';
import { memoryEngine } from '../../../../test/engine.ts';
import { everyLevel, personCalled, teamOf } from '../../../../test/people.ts';
import { plan } from '../../../../test/runbook.ts';
import { after, Harness, start } from '../../../../test/harness.ts';
import type { InputBody } from '../input.ts';
import { noNames } from './leak.ts';
import { nextUpdate } from './next-update.ts';
import { updateClocks } from './update-clocks.ts';
import type { UpdateAudience, UpdateStatus } from './update.ts';

function update(
  audience: UpdateAudience,
  body: string,
  status: UpdateStatus = 'investigating',
): Extract<InputBody, { kind: 'post-update' }> {
  return { kind: 'post-update', audience, status, body };
}

/** An outage that `primary` has taken, with the communication plan's clocks running. */
async function takenByPrimary(options: ConstructorParameters<typeof Harness>[0] = {}): Promise<Harness> {
  const h = await new Harness({ tells: true, ...options }).opened();
  await h.by('primary', { kind: 'acknowledge' });
  return h;
}

/** Told now, and taken as expected. */
async function tells(
  h: Harness,
  audience: UpdateAudience,
  body = `to ${audience} at ${h.now}`,
): Promise<void> {
  await h.by('primary', update(audience, body));
  expect(h.expect('send-update').update).toMatchObject({ audience, body });
}

async function missed(h: Harness): Promise<readonly string[]> {
  return (await h.engine.events()).flatMap(({ body }) =>
    body.type === 'update-missed' ? [`${body.audience} ${(body.dueAt - start) / 60_000}`] : [],
  );
}

describe('the clock of an audience', () => {
  test('reminds three minutes before, then calls who should have told; an answer there is no update', async () => {
    const h = await takenByPrimary();
    await h.at('12min');
    expect(h.expect('remind').notice).toMatchObject({
      person: 'primary',
      subject: '#1: update to the team due in 3 minutes',
    });
    await h.at('16min');
    expect(await missed(h)).toEqual([]);
    await h.at('17min');
    const { text } = h.expectPage('primary', 'update-missed');
    expect(text).toContain('the update to the team has been due for 2 minutes');
    await h.by('primary', { kind: 'acknowledge' });
    await h.at('26min');
    expect(await missed(h)).toEqual(['internal 15']);
  });

  test('begins anew with every update, whoever sends it', async () => {
    const h = await takenByPrimary();
    await h.at('10min');
    await tells(h, 'internal');
    await h.at('21min');
    // The status page's clock goes on, and the team's is due at 25.
    await h.at('22min');
    expect(h.expect('remind').notice.subject).toContain('the team due in 3 minutes');
    await tells(h, 'internal');
    await h.at('26min');
    expect(await missed(h)).toEqual([]);
  });

  test('a page for a missed update that nobody answers moves on as any other', async () => {
    const h = await takenByPrimary();
    await h.at('12min');
    h.expect('remind');
    await h.at('17min');
    h.expectPage('primary', 'update-missed');
    await h.at('22min');
    h.expectPage('secondary', 'unacknowledged');
    await h.by('secondary', update('internal', 'we are on it'));
    h.expect('send-update');
    const { pages } = await h.incident();
    expect(pages.every((page) => page.acknowledgedAt !== null)).toBe(true);
  });

  test('the second instant in a row that is missed calls the next level', async () => {
    const h = await takenByPrimary();
    await h.at('12min');
    h.expect('remind');
    await h.at('17min');
    h.expectPage('primary', 'update-missed');
    await h.by('primary', { kind: 'acknowledge' });
    await h.at('26min');
    await tells(h, 'status-page');
    await tells(h, 'customers');
    await h.at('27min');
    h.expect('remind');
    await h.at('30min');
    h.expectPage('secondary', 'escalation');
    await h.by('secondary', { kind: 'acknowledge' });
    await h.at('32min');
    expect(h.expectPage('secondary', 'update-missed').page.note).toContain('the team');
    expect(await missed(h)).toEqual(['internal 15', 'internal 30']);
  });

  test('somebody who cannot be reached is waited for by nobody', async () => {
    const h = await takenByPrimary();
    await h.take({
      kind: 'page-failed',
      pageId: 'inc_1-page-1',
      channel: 'email:primary@example.org',
      detail: 'no such user',
      final: true,
    });
    await h.at('12min');
    h.expect('remind');
    await h.at('17min');
    expect(h.expectPage('secondary', 'update-missed').page.note).toContain('nobody of');
  });

  test('late by hours, it strikes once for all that was slept through', async () => {
    const h = await takenByPrimary();
    await h.wakesAt('58min');
    // One call for three audiences: whoever is called about the first is awake for the others.
    h.expectPage('primary', 'update-missed');
    h.expectPage('secondary', 'escalation');
    // What is due at the hour is said at once; nobody is called for it yet.
    for (let n = 0; n < 2; n += 1) expect(h.expect('remind').notice.subject).toContain('due in 2 minutes');
    expect(await missed(h)).toEqual(['internal 45', 'status-page 30', 'customers 30']);
    const instants = (await h.engine.events()).flatMap(({ body }) =>
      body.type === 'update-missed' ? [body.instants] : [],
    );
    expect(instants).toEqual([3, 1, 1]);
  });

  test('goes to who has communications, before the commander', async () => {
    const h = await takenByPrimary();
    const to = personCalled('responder');
    await h.by('primary', { kind: 'assign', role: 'communications', to, reason: 'writes better' });
    h.expectPage('responder', 'assigned');
    await h.by('responder', { kind: 'acknowledge' });
    await h.at('12min');
    expect(h.expect('remind').notice.person).toBe('responder');
    await h.at('17min');
    h.expectPage('responder', 'update-missed');
  });

  test('while people asked for quiet, a miss is on record and calls nobody', async () => {
    const h = await takenByPrimary();
    await h.by('primary', { kind: 'snooze', minutes: 20, reason: 'we are at it' });
    await h.at('12min');
    h.expect('remind');
    await h.at('18min');
    expect(await missed(h)).toEqual(['internal 15']);
  });
});

describe('whom the document means', () => {
  test('executives are told once it has lasted an hour, and nobody waits for a second word', async () => {
    const h = await takenByPrimary();
    await h.wakesAt('56min');
    h.expectPage('primary', 'update-missed');
    h.expectPage('secondary', 'escalation');
    await tells(h, 'internal');
    await tells(h, 'status-page');
    await tells(h, 'customers');
    await h.at('59.9min');
    expect(h.unexpected()).toEqual([]);
    await h.at('60min');
    h.expectPage('management', 'escalation');
    expect(h.expect('remind').notice.subject).toContain('the executives due in 3 minutes');
    await tells(h, 'executives');
    expect((await h.incident()).updates?.executives?.lastAt).toBe(h.now);
    await h.at('67min');
    expect(await missed(h)).not.toContainEqual(expect.stringContaining('executives'));
  });

  test('customers are written to for the severity that the document names, and only the tenants that were harmed', async () => {
    const h = new Harness({ tells: true });
    await h.fails({ severity: 'P1' });
    h.expectPage('primary', 'opened');
    h.expect('gather-evidence');
    await h.by('primary', { kind: 'acknowledge' });
    await h.at('10min');
    await h.by('primary', { kind: 'set-severity', severity: 'P0', reason: 'all are down' });
    await tells(h, 'internal');
    await h.at('22min');
    h.expect('remind');
    await tells(h, 'internal');
    await h.at('27min');
    expect(h.expect('remind').notice.subject).toContain('the status page');
    await tells(h, 'status-page');
    await h.at('30min');
    h.expectPage('secondary', 'escalation');
    await h.at('34min');
    h.expect('remind');
    await tells(h, 'internal');
    await h.at('37min');
    expect(h.expect('remind').notice.subject).toContain('the affected customers');
    await h.by('primary', update('customers', 'we are sorry'));
    expect(h.expect('send-update').update.tenants).toEqual(['t1', 't2', 't3', 't4', 't5']);
  });

  test('rests while integrity or security is at stake, outside', async () => {
    const h = new Harness({ tells: true });
    await h.fails({ restricted: 'security' });
    h.expectPage('primary', 'opened');
    h.expect('gather-evidence');
    await h.by('primary', { kind: 'acknowledge' });
    await h.at('12min');
    h.expect('remind');
    await tells(h, 'internal');
    await h.at('24min');
    h.expect('remind');
    await tells(h, 'internal');
    await h.at('30min');
    h.expectPage('secondary', 'escalation');
    expect(await missed(h)).toEqual([]);
    await h.fails();
    const incident = await h.incident();
    const clock = updateClocks(plan).find((one) => one.audience === 'status-page');
    expect(clock && nextUpdate(incident, clock)).toBe(start + after('45min'));
  });
});

describe('the end', () => {
  test('the clock rests when the harm has ended, and runs again when it is back', async () => {
    const h = await takenByPrimary();
    await h.at('10min');
    await tells(h, 'internal');
    await (await h.at('20min')).isRestored('19min');
    await h.at('40min');
    expect(await missed(h)).toEqual([]);
    await h.fails();
    await h.at('41min');
    h.expectPage('secondary', 'escalation');
    await h.by('secondary', { kind: 'acknowledge' });
    // The team waits fifteen minutes anew, and so do those who wait for their first word.
    await h.at('52min');
    const audiences = [0, 1, 2].map(() => h.expect('remind').notice.subject);
    expect(audiences.map((one) => /the (.*) due/.exec(one)?.[1])).toEqual([
      'team',
      'status page',
      'affected customers',
    ]);
    expect(start + after('52min')).toBe(h.now);
  });

  test('an update says no more than is known', async () => {
    const h = await takenByPrimary();
    await expect(h.by('primary', update('internal', 'all is well', 'resolved'))).rejects.toThrow(
      'status: resolved; incident #1 is open',
    );
    await expect(h.by('primary', update('internal', '  '))).rejects.toThrow('body: 0 characters');
    await expect(h.by('viewer', update('internal', 'x'))).rejects.toThrow('not-allowed');
  });

  test('the same words within a minute are a second press', async () => {
    const h = await takenByPrimary();
    await tells(h, 'internal', 'we look into it');
    await expect(h.by('primary', update('internal', 'we look into it'))).rejects.toThrow(
      'the same text went to the team 0 s ago',
    );
    await h.at('2min');
    await tells(h, 'internal', 'we look into it');
  });

  test('closing says so to everybody who was told, and to nobody else', async () => {
    const finals = (['internal', 'status-page', 'executives'] as const).map((audience) => ({
      audience,
      body: audience === 'status-page' ? 'solved on node-b' : 'solved',
      language: 'en',
    }));
    const internalNames = { ...noNames, nodes: ['node-b'] };
    const engine = memoryEngine(plan, teamOf(everyLevel), { finals, internalNames });
    const h = await takenByPrimary({ engine });
    await tells(h, 'internal');
    await tells(h, 'status-page');
    const waivers = Object.fromEntries((await h.incident()).checklist.map((line) => [line.text, 'a test']));
    await h.by('primary', { kind: 'resolve', note: null, waivers });
    expect(h.expect('send-update').update).toMatchObject({ audience: 'internal', status: 'resolved' });
    const notes = (await h.engine.events()).flatMap(({ body }) => (body.type === 'noted' ? [body.text] : []));
    expect(notes.at(-1)).toContain('The last update to the status page was not sent');
    expect(notes.at(-1)).toContain('the node "node-b"');
  });
});

describe('what must not be told outside', () => {
  test('is refused with its place, and told when a person insists, on record', async () => {
    const h = await takenByPrimary();
    const leaking = update('status-page', 'We restart 10.0.0.7\nand then pod/api-1.');
    await expect(h.by('primary', leaking)).rejects.toThrow(
      'line 1, column 12: the address "10.0.0.7"; line 2, column 10: the pod or workload "pod/api-1"',
    );
    await h.by('primary', { ...leaking, insist: 'it is our documentation address' });
    expect(h.expect('send-update').update.insisted).toMatchObject({
      reason: 'it is our documentation address',
      found: [{ kind: 'address' }, { kind: 'pod' }],
    });
  });

  test('may be told to the team', async () => {
    const h = await takenByPrimary();
    await tells(h, 'internal', 'We restart 10.0.0.7');
    expect((await h.incident()).updates?.internal?.lastBody).toBe('We restart 10.0.0.7');
  });
});
