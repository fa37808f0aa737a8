import { describe, expect, test } from 'vitest';
import { Harness } from '../../../test/harness.ts';
import { cordon, nodeFailure, outage, step } from '../../../test/outage-facts.ts';
import { plan } from '../../../test/runbook.ts';

const restart = step('restart');
const green = [{ name: 'health', ok: true, text: '200' }];
const drill = { id: 'drill_1', name: 'node-failure', injectedAt: 0, holdMs: 10_000 };

async function verified(h: Harness): Promise<Harness> {
  await (await h.at('60s')).isRestored('58s');
  await (await h.at('66s')).isRestored('58s');
  h.expect('smoke-test');
  await h.take({ kind: 'smoke-tested', checks: green });
  return h;
}

async function quietStart(options: ConstructorParameters<typeof Harness>[0] = {}): Promise<Harness> {
  const h = await (await new Harness(options).opened()).readsEnd();
  await h.by('primary', { kind: 'acknowledge' });
  return h;
}

describe('recovery', () => {
  test('harm ends, smoke tests pass, the watch holds for the time the document says: stable', async () => {
    const h = await verified(await quietStart());
    expect(await h.incident()).toMatchObject({
      status: 'verified',
      mitigatedBy: 'platform',
      holdUntil: h.now + 900_000,
    });
    await h.at('15min');
    expect((await h.incident()).status).toBe('verified');
    await h.at('17min');
    expect((await h.incident()).status).toBe('stable');
  });

  test('a drill may shorten the watch', async () => {
    const h = await verified(await quietStart({ drill }));
    await h.at('77s');
    expect((await h.incident()).status).toBe('stable');
  });

  test('a change that began before the harm ended gets the credit', async () => {
    const h = await quietStart();
    await h.take({ kind: 'steps-prepared', steps: [restart] });
    await h.by('primary', { kind: 'approve', stepId: 'restart', bindingHash: restart.bindingHash });
    h.expect('run-step');
    await (await h.at('50s')).take({ kind: 'step-started', stepId: 'restart' });
    await (await h.at('60s')).isRestored('49s');
    expect(await h.incident()).toMatchObject({ status: 'mitigated', mitigatedBy: 'step' });
  });

  test('a watcher that was started again after the fix has seen no harm, and still credits the change', async () => {
    const h = await quietStart();
    await h.take({ kind: 'steps-prepared', steps: [restart] });
    await h.by('primary', { kind: 'approve', stepId: 'restart', bindingHash: restart.bindingHash });
    h.expect('run-step');
    await (await h.at('50s')).take({ kind: 'step-started', stepId: 'restart' });
    const startedAt = h.now;
    await (await h.at('60s')).isQuiet();
    expect(await h.incident()).toMatchObject({ mitigatedBy: 'step', mitigatedAt: startedAt });
  });

  test('a change that began long after the harm had ended does not', async () => {
    const h = await quietStart();
    await h.take({ kind: 'steps-prepared', steps: [restart] });
    await h.by('primary', { kind: 'approve', stepId: 'restart', bindingHash: restart.bindingHash });
    h.expect('run-step');
    await (await h.at('50s')).take({ kind: 'step-started', stepId: 'restart' });
    await (await h.at('60s')).isRestored('30s');
    expect((await h.incident()).mitigatedBy).toBe('platform');
  });

  test.each([
    ['succeeded', 'node-failure'],
    ['failed', 'unknown'],
  ] as const)(
    'of a cause of which nothing is left to see after a step has %s, %s is said',
    async (outcome, said) => {
      const h = await quietStart();
      await h.diagnoses(nodeFailure(0.9));
      h.expect('gather-evidence');
      h.expect('prepare-steps');
      await h.readsEnd();
      await h.take({ kind: 'steps-prepared', steps: [restart] });
      await h.by('primary', { kind: 'approve', stepId: 'restart', bindingHash: restart.bindingHash });
      h.expect('run-step');
      await h.take({ kind: 'step-started', stepId: 'restart' });
      await h.take({
        kind: 'step-finished',
        stepId: 'restart',
        outcome,
        text: '',
        postChecks: [],
        evidenceId: null,
      });
      await h.at('25s');
      await h.diagnoses(nodeFailure(0, { id: 'unknown', subject: '' }));
      expect((await h.incident()).diagnoses[0]?.id).toBe(said);
    },
  );

  test('a cordon moves nothing, and gets no credit', async () => {
    const h = await quietStart();
    await h.take({ kind: 'steps-prepared', steps: [cordon] });
    await h.by('primary', { kind: 'approve', stepId: 'cordon', bindingHash: cordon.bindingHash });
    h.expect('run-step');
    await (await h.at('50s')).take({ kind: 'step-started', stepId: 'cordon' });
    await (await h.at('60s')).isRestored('55s');
    expect(await h.incident()).toMatchObject({ status: 'mitigated', mitigatedBy: 'platform' });
  });

  test('harm during the watch reopens and pages again; the old watch does not end it', async () => {
    const h = await verified(await quietStart());
    await (await h.at('5min')).fails();
    h.expectPage('primary', 'reopened');
    await h.by('primary', { kind: 'acknowledge' });
    await h.at('17min');
    expect(await h.incident()).toMatchObject({ status: 'open', verifiedAt: null });
    expect((await h.incident()).checklist.find((line) => /restored/.test(line.text))?.tickedAt).toBeNull();
  });

  test('harm before the verification reopens without waking anybody anew', async () => {
    const h = await quietStart();
    await (await h.at('60s')).isRestored('58s');
    await (await h.at('63s')).fails();
    expect((await h.incident()).status).toBe('open');
    expect(h.unexpected()).toEqual([]);
  });

  test('failed smoke tests are repeated, and nothing is verified meanwhile', async () => {
    const h = await quietStart();
    await (await h.at('60s')).isRestored('58s');
    await (await h.at('66s')).isRestored('58s');
    h.expect('smoke-test');
    await h.take({ kind: 'smoke-tested', checks: [{ name: 'health', ok: false, text: '503' }] });
    expect((await h.incident()).status).toBe('mitigated');
    await (await h.at('72s')).isRestored('58s');
    h.expect('smoke-test');
  });
});

describe('severity', () => {
  test('rises at once, and wakes the primary unless somebody was woken just now', async () => {
    const h = new Harness();
    await h.fails({ severity: 'P2' });
    h.expectPage('primary', 'opened');
    h.expect('gather-evidence');
    await h.by('primary', { kind: 'acknowledge' });
    await (await h.at('10s')).fails({ severity: 'P1' });
    expect(h.unexpected()).toEqual([]);
    await (await h.at('8min')).fails({ severity: 'P0' });
    h.expectPage('primary', 'severity-raised');
    expect(await h.incident()).toMatchObject({ severity: 'P0', worstSeverity: 'P0' });
  });

  test('falls only after 5 minutes of better facts without a break', async () => {
    const h = await quietStart();
    for (const at of ['1min', '5min']) await (await h.at(at)).fails({ severity: 'P1' });
    await (await h.at('5.5min')).fails({ severity: 'P0' });
    for (const at of ['6min', '10.9min']) await (await h.at(at)).fails({ severity: 'P1' });
    expect((await h.incident()).severity).toBe('P0');
    await (await h.at('11min')).fails({ severity: 'P1' });
    expect(await h.incident()).toMatchObject({ severity: 'P1', worstSeverity: 'P0' });
  });

  test('never falls below what a person set', async () => {
    const h = await quietStart();
    await h.fails({ severity: 'P2' });
    await h.by('responder', { kind: 'set-severity', severity: 'P1', reason: 'payments' });
    for (const at of ['1min', '10min', '20min']) await (await h.at(at)).fails({ severity: 'P2' });
    expect((await h.incident()).severity).toBe('P1');
  });

  test('is one of the document', async () => {
    const h = await quietStart();
    const body = { kind: 'set-severity', severity: 'P9', reason: 'x' } as const;
    await expect(h.by('responder', body)).rejects.toThrow('severity "P9": expected one of P0, P1, P2');
  });
});

describe('the document runs on the clock', () => {
  test('overdue phases are said, done ones are not', async () => {
    const h = await new Harness().opened();
    await h.by('primary', { kind: 'acknowledge' });
    await h.at('16min');
    const overdue = (await h.engine.events()).flatMap((one) =>
      one.body.type === 'phase-overdue' ? [one.body.phase] : [],
    );
    expect(overdue).toEqual([2]);
  });
});

describe('closing', () => {
  test('needs every box ticked or waived with a reason', async () => {
    const h = await verified(await quietStart());
    await h.at('20min');
    const open = (await h.incident()).checklist
      .filter((line) => line.tickedAt === null)
      .map((line) => line.text);
    expect(open).toContain('Stakeholders notified');
    expect(open).not.toContain('Service restored');
    await expect(h.by('primary', { kind: 'resolve', note: null, waivers: {} })).rejects.toThrow(
      'Stakeholders notified',
    );
    await h.by('primary', { kind: 'tick', text: 'Stakeholders notified', because: 'told them' });
    const waivers = Object.fromEntries(open.map((text) => [text, 'a rehearsal']));
    await h.by('primary', { kind: 'resolve', note: 'over', waivers });
    expect(await h.incident()).toMatchObject({ status: 'resolved', resolvedAt: h.now });
    await h.assess(outage(h.now));
    expect((await h.incident()).checklist).toHaveLength(plan.checklist.length);
  });

  test('a viewer changes nothing', async () => {
    const h = await quietStart();
    for (const body of [
      { kind: 'acknowledge' },
      { kind: 'note', text: 'x' },
      { kind: 'hands-off', on: true, reason: 'x' },
      { kind: 'resolve', note: null, waivers: {} },
    ] as const)
      await expect(h.by('viewer', body)).rejects.toThrow('not-allowed');
  });

  test('people cannot state what only the responder can know', async () => {
    const h = await quietStart();
    await expect(h.by('primary', { kind: 'smoke-tested', checks: [] })).rejects.toThrow('not-allowed');
  });
});
