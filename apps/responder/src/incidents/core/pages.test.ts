import { describe, expect, test } from 'vitest';
import { Harness } from '../../../test/harness.ts';
import { outage, quiet } from '../../../test/outage-facts.ts';

const mail = 'email:primary@example.org';

describe('opening', () => {
  test('a confirmed outage opens one incident, pages the primary and reads what the document reads first', async () => {
    const h = new Harness();
    await h.fails();
    const page = h.expectPage('primary', 'opened');
    expect(page.subject).toBe('[P0] #1 all 5 tenants with traffic above 5 % errors (31-36 %)');
    expect(page.text).toContain('Since: 02:59:56 UTC');
    expect(page.text).toContain('5 of 5 harmed: t1 33 %');
    const reads = h.expect('gather-evidence').actionIds;
    expect(reads).toContain('check-database');
    expect(reads).not.toContain('health');
    expect(h.unexpected()).toEqual([]);
  });

  test.each(['quiet', 'notice', 'suspected'] as const)('%s opens nothing', async (verdict) => {
    const h = new Harness();
    await h.fails({ verdict, severity: null });
    expect(await h.engine.incident()).toBeNull();
    expect(h.unexpected()).toEqual([]);
  });

  test('further outages of the service are the same incident', async () => {
    const h = await new Harness().opened();
    for (const at of ['1s', '2s', '3s']) await (await h.at(at)).fails();
    expect(await h.count('opened')).toBe(1);
    expect(await h.count('assessed')).toBe(0);
    expect(h.unexpected()).toEqual([]);
  });

  test('a person declares: their severity is the floor; only a measured outage is measured as over', async () => {
    const h = new Harness();
    const body = {
      kind: 'declare',
      serviceId: 's',
      severity: 'P1',
      text: 'invoices are wrong',
      assessment: quiet(h.now),
      drill: null,
      newId: 'inc_1',
      newNumber: 1,
    } as const;
    await expect(h.by('viewer', body)).rejects.toThrow('not-allowed');
    await h.by('primary', body);
    h.expectPage('primary', 'opened');
    h.expect('gather-evidence');
    expect(await h.incident()).toMatchObject({
      severity: 'P1',
      severityFloor: 'P1',
      title: 'invoices are wrong',
    });
    await (await h.at('1min')).isQuiet();
    expect((await h.incident()).status).toBe('open');
    await (await h.at('2min')).isRestored('1.9min');
    expect((await h.incident()).status).toBe('open');
    await (await h.at('3min')).fails({ severity: 'P1' });
    await (await h.at('4min')).isRestored('3min');
    expect((await h.incident()).status).toBe('mitigated');
    expect(h.unexpected()).toEqual([]);
  });
});

test('a sign of life that stops meanwhile is said and calls the first level, once, also during a snooze', async () => {
  const h = await new Harness().opened();
  await h.by('primary', { kind: 'snooze', minutes: 20, reason: 'known' });
  const [signal] = outage(h.now).signals;
  if (signal === undefined) throw new Error('an outage without a signal');
  const summary = 'heartbeat other-pager is missing (heartbeat)';
  const stopped = { ...signal, key: 'E:1', sourceClass: 'E', detector: 'heartbeat', summary } as const;
  for (const at of ['1min', '2min']) await (await h.at(at)).fails({ signals: [signal, stopped] });
  expect(h.expectPage('primary', 'heartbeat-missing').page.note).toBe(summary);
  expect((await h.engine.events()).map(({ body }) => body)).toContainEqual(
    expect.objectContaining({ type: 'noted', text: summary }),
  );
  await h.by('primary', { kind: 'acknowledge' });
  await h.at('19min');
});

test('a sign of life that stops when the harm is over calls until somebody answers', async () => {
  const h = await new Harness().opened();
  await h.by('primary', { kind: 'acknowledge' });
  await (await h.at('2min')).isRestored('1min');
  const [signal] = outage(h.now).signals;
  if (signal === undefined) throw new Error('an outage without a signal');
  const summary = 'heartbeat other-pager is missing (heartbeat)';
  const stopped = { ...signal, key: 'E:1', sourceClass: 'E', detector: 'heartbeat', summary } as const;
  await (await h.at('130s')).assess({ ...quiet(h.now), signals: [stopped] });
  h.expectPage('primary', 'heartbeat-missing');
  h.expect('smoke-test');
  await h.at('8min');
  expect((await h.incident()).status).toBe('mitigated');
  const { page } = h.expectPage('secondary', 'unacknowledged');
  expect(page.note).toBe(summary);
  const failed = { kind: 'page-failed', pageId: page.id, detail: 'gone', final: true } as const;
  await h.take({ ...failed, channel: 'email:secondary@example.org' });
  expect(h.expectPage('primary', 'undeliverable').page.note).toContain(summary);
  await h.by('primary', { kind: 'acknowledge' });
  await h.at('20min');
});

describe('an unacknowledged page', () => {
  test('moves on to the secondary when the first phase has ended, then round again', async () => {
    const h = await new Harness().opened();
    await h.at('4min');
    expect(h.unexpected()).toEqual([]);
    await h.at('5min');
    h.expectPage('secondary', 'unacknowledged');
    await h.at('10min');
    h.expectPage('primary', 'unacknowledged');
    expect(h.unexpected()).toEqual([]);
  });

  test('stays where it is once acknowledged', async () => {
    const h = await new Harness().opened();
    await (await h.at('1min')).by('primary', { kind: 'acknowledge' });
    await h.at('29min');
    expect(await h.incident()).toMatchObject({ acknowledgedBy: 'primary', respondedAt: h.now - 28 * 60_000 });
    expect(h.unexpected()).toEqual([]);
  });

  test('towards an empty level repeats the last filled one at once and says so', async () => {
    const h = await new Harness({ onCall: { 1: ['primary'], 3: ['management'] } }).opened();
    await h.at('5min');
    const { page } = h.expectPage('primary', 'unacknowledged');
    expect(page.note).toBe(
      'nobody fills Secondary on-call engineer (level 2); Primary on-call engineer (level 1) is woken instead',
    );
    expect(h.unexpected()).toEqual([]);
  });

  test('an empty first level wakes a higher one rather than nobody', async () => {
    const h = new Harness({ onCall: { 3: ['management'] } });
    await h.fails();
    expect(h.expectPage('management', 'opened').page.note).toContain('nobody fills Primary on-call engineer');
    h.expect('gather-evidence');
    expect(h.unexpected()).toEqual([]);
  });

  test('with nobody on call, the timeline says so', async () => {
    const h = new Harness({ onCall: {} });
    await h.fails();
    h.expect('gather-evidence');
    expect(await h.eventTypes()).toContain('noted');
    expect(h.unexpected()).toEqual([]);
  });

  test('is not passed on when the harm has ended', async () => {
    const h = await new Harness().opened();
    await (await h.at('1min')).isRestored('55s');
    await h.at('20min');
    expect(h.unexpected()).toEqual([]);
  });
});

describe('the escalation matrix', () => {
  test('runs on elapsed time, acknowledged or not', async () => {
    const h = await new Harness().opened();
    await (await h.at('1min')).by('primary', { kind: 'acknowledge' });
    await h.at('29.9min');
    expect(h.unexpected()).toEqual([]);
    await h.at('30min');
    h.expectPage('secondary', 'escalation');
    await h.by('secondary', { kind: 'acknowledge' });
    await h.at('60min');
    h.expectPage('management', 'escalation');
    expect((await h.incident()).escalationLevel).toBe(3);
    await h.by('management', { kind: 'acknowledge' });
    expect(h.unexpected()).toEqual([]);
  });

  test('stops when mitigated', async () => {
    const h = await new Harness().opened();
    await h.by('primary', { kind: 'acknowledge' });
    await (await h.at('20min')).isRestored('19min');
    await h.at('3h');
    expect(h.unexpected()).toEqual([]);
  });

  test('after a late wake-up calls the overdue levels in order', async () => {
    const h = await new Harness().opened();
    await h.by('primary', { kind: 'acknowledge' });
    await h.wakesAt('65min');
    h.expectPage('secondary', 'escalation');
    h.expectPage('management', 'escalation');
    expect((await h.incident()).escalationLevel).toBe(3);
    expect(h.unexpected()).toEqual([]);
  });
});

describe('a page that cannot be delivered', () => {
  test('for good wakes the next person at once, although the inbox has it', async () => {
    const h = await new Harness().opened();
    const pageId = 'inc_1-page-1';
    await h.take({ kind: 'page-delivered', pageId, channel: 'inbox', detail: '' });
    await h.take({ kind: 'page-failed', pageId, channel: mail, detail: '550 no such user', final: true });
    h.expectPage('secondary', 'undeliverable');
    await h.at('5min');
    // Secondary's own page is not acknowledged either; primary cannot be reached, so secondary is tried again.
    h.expectPage('secondary', 'unacknowledged');
    expect(h.unexpected()).toEqual([]);
  });

  test('stays failed when its handing over is told after its failure', async () => {
    const h = await new Harness().opened();
    const told = { pageId: 'inc_1-page-1', channel: mail, detail: '30006' };
    await h.take({ kind: 'page-failed', ...told, final: true, afterwards: true });
    h.expectPage('secondary', 'undeliverable');
    await h.take({ kind: 'page-delivered', ...told });
    expect(await h.count('page-delivered')).toBe(0);
    expect((await h.incident()).pages[0]?.channels[0]?.state).toBe('failed');
    expect(h.unexpected()).toEqual([]);
  });

  test('for now is said once and wakes nobody else', async () => {
    const h = await new Harness().opened();
    const failed = {
      kind: 'page-failed',
      pageId: 'inc_1-page-1',
      channel: mail,
      detail: '421',
      final: false,
    } as const;
    for (let attempt = 0; attempt < 5; attempt += 1) await h.take(failed);
    expect(await h.count('page-failed')).toBe(1);
    await h.take({ kind: 'page-delivered', pageId: 'inc_1-page-1', channel: mail, detail: '250' });
    expect((await h.incident()).pages[0]).toMatchObject({ state: 'delivered', deliveredAt: h.now });
    expect(h.unexpected()).toEqual([]);
  });

  test('does not loop when nobody can be reached', async () => {
    const h = await new Harness({ onCall: { 1: ['primary'] } }).opened();
    await h.take({ kind: 'page-failed', pageId: 'inc_1-page-1', channel: mail, detail: '550', final: true });
    expect(await h.eventTypes()).toContain('noted');
    await h.at('5min');
    h.expectPage('primary', 'unacknowledged');
    expect(h.unexpected()).toEqual([]);
  });
});
