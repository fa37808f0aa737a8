import { describe, expect, test } from 'vitest';
import { Harness } from '../../../test/harness.ts';
import { nodeFailure, outage, restored, step } from '../../../test/outage-facts.ts';
import type { Assessment } from '#detection';
import type { Diagnosis } from '#diagnosis';

const restart = step('restart-database', { values: {}, approvalsNeeded: 2, target: 'statefulset/postgres' });

/** Rests on log lines that were written at `seenAt`, as timeouts are. */
const slow = (seenAt: number): Diagnosis =>
  nodeFailure(0.75, { id: 'dependency-slow', subject: 'statefulset/postgres', for: ['40 timeouts'], seenAt });

/** 2 of 64 requests fail: below the limit, and no other source confirms an outage. */
const nearlyServed = (at: number): Assessment => {
  const green = restored(at, at - 1000);
  const [first, ...others] = green.tenants;
  const tail = first === undefined ? [] : [{ ...first, failed: 2, errorRatio: 2 / 64, requests: 64 }];
  return { ...green, tenants: [...tail, ...others], restored: false, reason: '2 of 64 requests failed' };
};

async function harmed(): Promise<Harness> {
  return (await new Harness().opened()).readsEnd();
}

async function offered(): Promise<Harness> {
  const h = await harmed();
  await h.by('primary', { kind: 'acknowledge' });
  await h.diagnoses(slow(h.now));
  h.expect('gather-evidence');
  h.expect('prepare-steps');
  await h.readsEnd();
  await h.take({ kind: 'steps-prepared', steps: [restart] });
  return h;
}

const statuses = async (h: Harness) => (await h.incident()).steps.map((one) => one.status);

describe('while harm is ending', () => {
  test('nothing is offered from evidence that is older than the good measurement', async () => {
    const h = await harmed();
    const seen = h.now;
    await (await h.at('20s')).assess(nearlyServed(h.now));
    await h.diagnoses(slow(seen));
    expect((await h.eventTypes()).includes('steps-requested')).toBe(false);
    expect(h.unexpected()).toEqual([]);
  });

  test('what was offered is withdrawn after 5 s, with the reason, and offered again when the harm returns', async () => {
    const h = await offered();
    const seen = h.now;
    await (await h.at('20s')).assess(nearlyServed(h.now));
    await h.diagnoses(slow(seen));
    expect(await statuses(h)).toEqual(['proposed']);
    await (await h.at('26s')).assess(nearlyServed(h.now));
    await h.diagnoses(slow(seen));
    expect(await statuses(h)).toEqual(['expired']);
    expect((await h.incident()).steps[0]?.outcome).toContain('harm is ending: 2 of 64 requests failed');
    await (await h.at('2min')).fails();
    await h.diagnoses(slow(h.now));
    expect(h.expect('prepare-steps').actionIds).toContain('restart-database');
  });

  test('it is withdrawn too once the harm is over', async () => {
    const h = await offered();
    const seen = h.now;
    for (const at of ['20s', '30s']) {
      await (await h.at(at)).isRestored('15s');
      await h.diagnoses(slow(seen));
    }
    expect((await h.incident()).status).toBe('mitigated');
    expect(await statuses(h)).toEqual(['expired']);
    if ((await h.eventTypes()).includes('smoke-test-requested')) h.expect('smoke-test');
  });

  test('an offer whose cause still stands is kept: a node that is dead stays dead when its endpoints are gone', async () => {
    const h = await harmed();
    await h.diagnoses(nodeFailure());
    h.expect('gather-evidence');
    h.expect('prepare-steps');
    await h.take({ kind: 'steps-prepared', steps: [step('1', { actionId: 'cordon-node' })] });
    for (const at of ['20s', '30s']) {
      await (await h.at(at)).assess(nearlyServed(h.now));
      await h.diagnoses(nodeFailure());
    }
    expect(await statuses(h)).toEqual(['proposed']);
  });

  test.each([
    ['clients are still harmed', (at: number) => outage(at, { verdict: 'suspected' })],
    [
      'another source confirms an outage',
      (at: number) => ({ ...nearlyServed(at), verdict: 'confirmed' as const }),
    ],
    ['nobody can be counted', (at: number) => ({ ...nearlyServed(at), tenants: [] })],
    ['what is seen cannot be trusted', (at: number) => ({ ...nearlyServed(at), blind: true as const })],
  ])('it is not ending when %s', async (_why, assessment) => {
    const h = await offered();
    for (const at of ['20s', '30s']) {
      await (await h.at(at)).assess(assessment(h.now));
      await h.diagnoses(slow(h.now));
    }
    expect(await statuses(h)).toEqual(['proposed']);
  });

  test('what a person declared is not seen to end', async () => {
    const h = new Harness();
    await h.by('primary', {
      kind: 'declare',
      serviceId: 'multitenant-api',
      severity: 'P1',
      text: 'customers call',
      assessment: nearlyServed(h.now),
      drill: null,
      newId: 'inc_1',
      newNumber: 1,
    });
    h.expectPage('primary');
    h.expect('gather-evidence');
    await h.diagnoses(slow(h.now));
    h.expect('gather-evidence');
    expect(h.expect('prepare-steps').diagnosis.id).toBe('dependency-slow');
  });
});

const unknown = (): Diagnosis => nodeFailure(0, { id: 'unknown', subject: 'service/api', for: [] });
const nodeNamed = async () => {
  const h = await harmed();
  await h.diagnoses(nodeFailure());
  h.expect('gather-evidence');
  h.expect('prepare-steps');
  return h;
};
const named = async (h: Harness) => (await h.incident()).diagnoses.map((one) => one.id);

describe('a cause that was named', () => {
  test('keeps its name when the harm ended while nobody watched, and nothing is left to see of it', async () => {
    const h = await nodeNamed();
    await (await h.at('40s')).assess({ ...nearlyServed(h.now), verdict: 'suspected' });
    await h.diagnoses(unknown());
    expect(await named(h)).toEqual(['node-failure']);
  });

  test('loses it while the outage is confirmed and nothing speaks for the cause any more', async () => {
    const h = await nodeNamed();
    await (await h.at('40s')).fails();
    await h.diagnoses(unknown());
    expect(await named(h)).toEqual(['unknown']);
  });

  test('keeps it while a change runs: nothing of a cause may be left to see before the outage ends', async () => {
    const h = await nodeNamed();
    await h.readsEnd();
    await h.by('primary', { kind: 'acknowledge' });
    const cordon = step('cordon-node');
    await h.take({ kind: 'steps-prepared', steps: [cordon] });
    await h.by('primary', { kind: 'approve', stepId: cordon.id, bindingHash: cordon.bindingHash });
    h.expect('run-step');
    await h.take({ kind: 'step-started', stepId: cordon.id });
    await (await h.at('40s')).fails();
    await h.diagnoses(unknown());
    expect(await named(h)).toEqual(['node-failure']);
  });

  test('stands for 20 s although nothing is left to see of it, while requests still fail', async () => {
    const h = await nodeNamed();
    await (await h.at('15s')).fails();
    await h.diagnoses(unknown());
    expect(await named(h)).toEqual(['node-failure']);
    await (await h.at('25s')).fails();
    await h.diagnoses(unknown());
    expect(await named(h)).toEqual(['unknown']);
  });

  test('is not joined by one that our own change makes: a database that is restarted is down', async () => {
    const h = await offered();
    for (const one of ['primary', 'secondary'])
      await h.by(one, { kind: 'approve', stepId: restart.id, bindingHash: restart.bindingHash });
    h.expect('run-step');
    await h.take({ kind: 'step-started', stepId: restart.id });
    const down = nodeFailure(0.85, { id: 'dependency-down', subject: 'statefulset/postgres' });
    await (await h.at('20s')).fails();
    await h.diagnoses(down, slow(h.now));
    expect(await named(h)).toEqual(['dependency-slow']);
    await h.diagnoses(nodeFailure(0.85, { id: 'dependency-down', subject: 'deployment/redis' }), slow(h.now));
    expect(await named(h)).toEqual(['dependency-down', 'dependency-slow']);
  });

  test('makes room for another one that explains the rest of the harm', async () => {
    const h = await nodeNamed();
    await (await h.at('40s')).assess({ ...nearlyServed(h.now), verdict: 'suspected' });
    await h.diagnoses(slow(h.now));
    expect(await named(h)).toEqual(['dependency-slow']);
  });
});
