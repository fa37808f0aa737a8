import { expect, test } from 'vitest';
import type { Assessment } from '#detection';
import { Harness } from '../../../test/harness.ts';
import { quiet } from '../../../test/outage-facts.ts';

const green = [{ name: 'health', ok: true, text: '200' }];

async function mitigated(): Promise<Harness> {
  const h = await new Harness().opened();
  await h.by('primary', { kind: 'acknowledge' });
  await (await h.at('60s')).isRestored('58s');
  return h;
}

async function verified(): Promise<Harness> {
  const h = await mitigated();
  await (await h.at('66s')).isRestored('58s');
  h.expect('smoke-test');
  await h.take({ kind: 'smoke-tested', checks: green });
  return h;
}

test('smoke tests that pass in a moment of doubt are asked for again', async () => {
  const h = await mitigated();
  await (await h.at('66s')).isRestored('58s');
  h.expect('smoke-test');
  await h.fails({ verdict: 'suspected', severity: null, restored: false, lastHarmAt: null });
  await h.take({ kind: 'smoke-tested', checks: green });
  expect((await h.incident()).status).toBe('mitigated');
  await (await h.at('70s')).isRestored('58s');
  await (await h.at('76s')).isRestored('58s');
  h.expect('smoke-test');
  await h.take({ kind: 'smoke-tested', checks: green });
  expect((await h.incident()).status).toBe('verified');
});

test('smoke tests asked for before the harm came back prove nothing', async () => {
  const h = await mitigated();
  await (await h.at('66s')).isRestored('58s');
  h.expect('smoke-test');
  await (await h.at('67s')).fails();
  await (await h.at('80s')).isRestored('67s');
  await h.take({ kind: 'smoke-tested', checks: green });
  expect((await h.incident()).status).toBe('mitigated');
});

test('a watcher whose clock is an hour behind or ahead delays and hastens nothing', async () => {
  for (const skewMs of [-3_600_000, 3_600_000]) {
    const h = await new Harness().opened();
    await h.by('primary', { kind: 'acknowledge' });
    const seen = (): Assessment => ({ ...quiet(h.now), at: h.now + skewMs });
    await (await h.at('60s')).assess(seen());
    await (await h.at('62s')).assess(seen());
    expect(h.unexpected()).toEqual([]);
    await (await h.at('66s')).assess(seen());
    h.expect('smoke-test');
  }
});

/** One ready endpoint is left, and no request fails. */
function lostRedundancy(at: number): Assessment {
  const reason = 'one ready endpoint is left of 3 wanted; no request fails yet';
  return { ...quiet(at), verdict: 'confirmed', severity: 'P2', confirmedBy: ['C', 'D'], reason };
}

test('an outage without failing requests goes on while it is confirmed, and ends when it is seen to have ended', async () => {
  const h = new Harness();
  await h.assess(lostRedundancy(h.now));
  h.expectPage('primary', 'opened');
  h.expect('gather-evidence');
  await h.by('primary', { kind: 'acknowledge' });
  await (await h.at('10s')).assess(lostRedundancy(h.now));
  expect((await h.incident()).status).toBe('open');
  await (await h.at('60s')).isQuiet();
  expect(await h.incident()).toMatchObject({ status: 'mitigated', mitigatedAt: h.now });
  await (await h.at('2min')).assess(lostRedundancy(h.now));
  expect((await h.incident()).status).toBe('open');
});

test('the end of a watch that nobody kept is not believed: the time missed is watched again', async () => {
  const h = await verified();
  const { verifiedAt } = await h.incident();
  await h.wakesAt('20min');
  expect(await h.incident()).toMatchObject({ status: 'verified', verifiedAt });
  await h.at('22min');
  expect((await h.incident()).status).toBe('verified');
  await h.at('24min');
  expect((await h.incident()).status).toBe('stable');
});
