import { describe, expect, test } from 'vitest';
import { Harness } from '../../../test/harness.ts';
import { outage, quiet } from '../../../test/outage-facts.ts';

const over = { kind: 'mitigated', reason: 'the provider says so, invoices arrive' } as const;
const green = [{ name: 'health', ok: true, text: '200' }];
const fresh = { drill: null, newId: 'inc_1', newNumber: 1 } as const;

/** Opened on a person's word; nothing measures it. */
async function declared(): Promise<Harness> {
  const h = new Harness();
  const said = { severity: 'P1', text: 'no invoice arrives' } as const;
  await h.by('primary', { kind: 'declare', serviceId: 's', ...said, assessment: quiet(h.now), ...fresh });
  return answered(h);
}

/** Split off from an outage that was measured; nothing measures this part. */
async function splitOff(): Promise<Harness> {
  const other = await new Harness().opened();
  await other.by('primary', { kind: 'acknowledge' });
  const origin = await other.incident();
  const h = new Harness();
  const part = { severity: 'P1', title: 'mails are late', reason: 'another queue' } as const;
  await h.by('primary', { kind: 'open-split', origin, ...part, newId: 'inc_2', newNumber: 2 });
  return answered(h);
}

async function answered(h: Harness): Promise<Harness> {
  h.expectPage('primary', 'opened');
  h.expect('gather-evidence');
  await h.by('primary', { kind: 'acknowledge' });
  return h;
}

async function close(h: Harness): Promise<void> {
  const { checklist } = await h.incident();
  const waivers = Object.fromEntries(checklist.map((line) => [line.text, 'not now']));
  await h.by('primary', { kind: 'resolve', note: null, waivers });
}

describe('the harm has ended by a person’s word', () => {
  test('what was declared: the matrix stops, and what the probes see afterwards verifies it', async () => {
    const h = await declared();
    await (await h.at('20min')).by('primary', over);
    expect(await h.incident()).toMatchObject({
      status: 'mitigated',
      mitigatedBy: 'person',
      mitigatedAt: h.now,
      holdUntil: null,
    });
    await (await h.at('150min')).isRestored('1min');
    await (await h.at('151min')).isRestored('1min');
    h.expect('smoke-test');
    await h.take({ kind: 'smoke-tested', checks: green });
    await h.at('167min');
    expect((await h.incident()).status).toBe('stable');
  });

  test('what was declared, and is measured after all, is open again and calls people', async () => {
    const h = await declared();
    await (await h.at('20min')).by('primary', over);
    await (await h.at('25min')).fails({ severity: 'P1' });
    expect((await h.incident()).status).toBe('open');
    h.expectPage('primary', 'reopened');
    await h.by('primary', { kind: 'acknowledge' });
    await h.at('31min');
    h.expectPage('secondary', 'escalation');
    await h.by('secondary', { kind: 'acknowledge' });
  });

  test('what was split off: nothing verifies it, and it is stable when nobody has said that it is back', async () => {
    const h = await splitOff();
    await (await h.at('20min')).by('primary', over);
    expect(await h.incident()).toMatchObject({ status: 'mitigated', holdUntil: h.now + 900_000 });
    await h.at('34min');
    expect((await h.incident()).status).toBe('mitigated');
    await h.at('36min');
    const incident = await h.incident();
    expect(incident).toMatchObject({ status: 'stable', verifiedAt: null });
    expect(incident.checklist.find(({ text }) => text.includes('Stability'))?.because).toContain('nobody');
    expect(incident.checklist.find(({ text }) => text.includes('restored'))?.tickedAt).toBeNull();
  });

  test('what was split off and is said to be back calls as any other; the old watch strikes in vain', async () => {
    const h = await splitOff();
    await (await h.at('20min')).by('primary', over);
    await (await h.at('25min')).by('primary', { kind: 'reopen', reason: 'late again' });
    h.expectPage('primary', 'reopened');
    await h.by('primary', { kind: 'acknowledge' });
    await h.at('29min');
    await h.by('primary', over);
    await h.at('36min');
    expect((await h.incident()).status).toBe('mitigated');
    await h.at('45min');
    expect((await h.incident()).status).toBe('stable');
  });

  test('no word overrides what is measured; while blind it counts', async () => {
    const h = await new Harness().opened();
    await h.by('primary', { kind: 'acknowledge' });
    await expect(h.by('primary', over)).rejects.toThrow('is measured: all 5 tenants');
    await (await h.at('1min')).fails({ severity: null, blind: true, reason: 'blind' });
    await h.by('primary', over);
    await (await h.at('61s')).fails({ severity: null, blind: true, reason: 'blind' });
    expect((await h.incident()).status).toBe('mitigated');
    await (await h.at('90s')).fails();
    expect((await h.incident()).status).toBe('open');
    h.expectPage('primary', 'reopened');
    await h.by('primary', { kind: 'acknowledge' });
  });

  test('what a person opened again while it measures as it did last is measured', async () => {
    const h = await new Harness().opened();
    await h.by('primary', { kind: 'acknowledge' });
    await close(h);
    await h.by('primary', { kind: 'reopen', reason: 'too early' });
    h.expectPage('primary', 'reopened');
    await h.by('primary', { kind: 'acknowledge' });
    await h.fails();
    expect((await h.incident()).confirmedAt).toBe(h.now);
    await (await h.at('2min')).isRestored('1min');
    expect((await h.incident()).status).toBe('mitigated');
  });

  test.each([
    ['viewer', over, 'responder is needed'],
    ['primary', { ...over, reason: ' ' }, 'reason is empty'],
  ])('refused: %s', async (who, body, why) => {
    await expect((await declared()).by(who, body)).rejects.toThrow(why);
  });

  test('refused when it has ended already', async () => {
    const h = await declared();
    await h.by('primary', over);
    await expect(h.by('primary', over)).rejects.toThrow('is mitigated');
  });
});

describe('the review was held', () => {
  const held = { kind: 'reviewed', note: 'a second node pool', link: 'https://wiki.example.org/1' } as const;

  test('of what is closed; the newest word counts; opened again, it has none', async () => {
    const h = await declared();
    await expect(h.by('primary', held)).rejects.toThrow('is open; expected a closed one');
    await close(h);
    await h.by('primary', held);
    expect((await h.incident()).reviewed).toMatchObject({ at: h.now, note: held.note, link: held.link });
    await h.by('primary', held);
    expect(await h.count('reviewed')).toBe(1);
    await h.by('secondary', { ...held, link: null });
    expect((await h.incident()).reviewed).toMatchObject({ by: { id: 'secondary' }, link: null });
    await h.by('primary', { kind: 'reopen', reason: 'invoices are still empty' });
    h.expectPage('primary', 'reopened');
    await h.by('primary', { kind: 'acknowledge' });
    expect(await h.incident()).toMatchObject({ status: 'open', reviewed: null });
  });

  test.each([
    ['viewer', held, 'responder is needed'],
    ['primary', { ...held, link: 'javascript:alert(1)' }, 'begins with https://'],
  ])('refused: %s', async (who, body, why) => {
    const h = await declared();
    await close(h);
    await expect(h.by(who, body)).rejects.toThrow(why);
  });
});

test('since when it was suspected is kept; the watcher’s clock is not believed into the future', async () => {
  const h = new Harness();
  await h.fails({ suspectedSince: h.now - 3000 });
  h.expectPage('primary', 'opened');
  h.expect('gather-evidence');
  expect((await h.incident()).suspectedAt).toBe(h.now - 3000);
  const ahead = new Harness();
  await ahead.assess(outage(ahead.now, { suspectedSince: ahead.now + 500 }));
  ahead.expectPage('primary', 'opened');
  ahead.expect('gather-evidence');
  expect((await ahead.incident()).suspectedAt).toBe(ahead.now);
});
