import { describe, expect, test } from 'vitest';
import { Harness } from '../../../test/harness.ts';
import { nodeFailure, outage, step } from '../../../test/outage-facts.ts';
import type { ProposedStep } from './incident.ts';

const offer = (n: number, name: string, more: Partial<ProposedStep> = {}): ProposedStep =>
  step(`${name}-${n}`, { actionId: name, ...more });
const both = (n: number): ProposedStep[] => [offer(n, 'cordon-node'), offer(n, 'drain-node')];

async function offered(...steps: ProposedStep[]): Promise<Harness> {
  const h = await new Harness().opened();
  await h.by('primary', { kind: 'acknowledge' });
  await h.diagnoses(nodeFailure());
  h.expect('gather-evidence');
  h.expect('prepare-steps');
  await h.readsEnd();
  await h.take({ kind: 'steps-prepared', steps });
  return h;
}

function approve(h: Harness, one: ProposedStep): Promise<void> {
  return h.by('primary', { kind: 'approve', stepId: one.id, bindingHash: one.bindingHash });
}

async function ends(
  h: Harness,
  one: ProposedStep,
  outcome: 'succeeded' | 'failed' | 'blocked',
): Promise<void> {
  if (outcome !== 'blocked') await h.take({ kind: 'step-started', stepId: one.id });
  const told = { text: outcome, postChecks: [], evidenceId: null };
  await h.take({ kind: 'step-finished', stepId: one.id, outcome, ...told });
}

describe('an offer that came to nothing is made again while the outage lasts', () => {
  test('expired: at once and together, so that the drain still waits for the cordon', async () => {
    const h = await offered(...both(1));
    await h.at('15min');
    await h.diagnoses(nodeFailure());
    expect(h.expect('prepare-steps').actionIds).toEqual(['cordon-node', 'drain-node']);
    await (await h.at('15.1min')).diagnoses(nodeFailure());
    expect(h.unexpected()).toEqual([]);
    await h.take({ kind: 'steps-prepared', steps: both(2) });
    await h.at('30min');
    h.expectPage('secondary', 'escalation');
    await h.at('30.2min');
    await h.diagnoses(nodeFailure());
    h.expect('prepare-steps');
  });

  test('what has succeeded is not offered again, what failed is, after a minute', async () => {
    const [first, second] = [offer(1, 'cordon-node'), offer(1, 'drain-node')];
    const h = await offered(first, second);
    await approve(h, first);
    h.expect('run-step');
    await ends(h, first, 'succeeded');
    await approve(h, second);
    h.expect('run-step');
    await (await h.at('2min')).diagnoses(nodeFailure());
    await ends(h, second, 'failed');
    await (await h.at('2.9min')).diagnoses(nodeFailure());
    expect(h.unexpected()).toEqual([]);
    await (await h.at('3min')).diagnoses(nodeFailure());
    expect(h.expect('prepare-steps').actionIds).toEqual(['drain-node']);
  });

  test('blocked because the cluster cannot be read: tried again, ever more slowly, said once', async () => {
    const unreadable = { checks: [{ name: 'live-read-works', ok: false, text: 'timeout after 5000 ms' }] };
    const h = await offered(offer(1, 'cordon-node', unreadable), offer(1, 'drain-node', unreadable));
    let tries = 0;
    for (let second = 0; second < 28 * 60; second += 30) {
      await (await h.at(`${second}s`)).diagnoses(nodeFailure());
      if (h.unexpected().length === 0) continue;
      h.expect('prepare-steps');
      tries += 1;
      await h.take({ kind: 'steps-prepared', steps: [offer(1 + tries, 'cordon-node', unreadable)] });
    }
    expect(tries).toBeGreaterThan(3);
    expect(tries).toBeLessThan(12);
    expect(await h.count('step-blocked')).toBe(2);
  });

  test('denied: a no is a no', async () => {
    const h = await offered(...both(1));
    for (const one of both(1))
      await h.by('primary', { kind: 'deny', stepId: one.id, reason: 'not that node' });
    await (await h.at('20min')).diagnoses(nodeFailure());
    expect(h.unexpected()).toEqual([]);
  });

  test('not once the harm has ended', async () => {
    const h = await offered(...both(1));
    await (await h.at('14min')).isRestored('13min');
    await (await h.at('16min')).diagnoses(nodeFailure());
    expect(h.unexpected()).toEqual([]);
  });

  test('withdrawn when another node is held to be the cause, and what is offered then is for that node', async () => {
    const h = await offered(...both(1));
    await approve(h, offer(1, 'drain-node', { approvalsNeeded: 2 }));
    await (await h.at('10s')).diagnoses(nodeFailure(0.9, { subject: 'node/node-c' }));
    h.expect('gather-evidence');
    expect(h.expect('prepare-steps').diagnosis.subject).toBe('node/node-c');
    expect((await h.incident()).steps.map((one) => one.status)).toEqual(['expired', 'expired']);
    expect(h.unexpected()).toEqual([]);
  });

  test('for the node that it was for, also when two nodes are dead', async () => {
    const [a, b] = [nodeFailure(0.95), nodeFailure(0.9, { subject: 'node/node-c' })];
    const done = both(1);
    const h = await offered(...done);
    for (const one of done) {
      await approve(h, one);
      h.expect('run-step');
      await ends(h, one, 'succeeded');
    }
    await (await h.at('2min')).diagnoses(a, b);
    h.expect('gather-evidence');
    expect(h.expect('prepare-steps').diagnosis.subject).toBe('node/node-c');
    const values = { 'node-name': 'node-c' };
    await h.take({ kind: 'steps-prepared', steps: both(2).map((one) => ({ ...one, values })) });
    await (await h.at('18min')).diagnoses(a, b);
    expect(h.expect('prepare-steps').diagnosis.subject).toBe('node/node-c');
  });

  test('kept while nothing certain speaks for another cause', async () => {
    const h = await offered(...both(1));
    await (await h.at('10s')).diagnoses(nodeFailure(0.5, { id: 'unknown', subject: '' }));
    await (await h.at('11s')).diagnoses(nodeFailure(0.5, { subject: 'node/node-c' }));
    const other = nodeFailure(0.7, { id: 'certificate-expiring', subject: 'service/api' });
    await (await h.at('12s')).diagnoses(other, nodeFailure(0.5));
    expect((await h.incident()).steps.map((one) => one.status)).toEqual(['proposed', 'proposed']);
  });

  test('a second fault is answered when nothing of the first waits any more', async () => {
    const [first, second] = [offer(1, 'cordon-node'), offer(1, 'drain-node')];
    const h = await offered(first, second);
    const two = [nodeFailure(), nodeFailure(0.8, { id: 'dependency-down', subject: 'statefulset/postgres' })];
    await (await h.at('2min')).diagnoses(...two);
    expect(h.unexpected()).toEqual([]);
    for (const one of [first, second]) {
      await approve(h, one);
      h.expect('run-step');
      await ends(h, one, 'succeeded');
    }
    await (await h.at('2.1min')).diagnoses(...two);
    // The change may still take effect: what is seen may be of the time before.
    expect(h.unexpected()).toEqual([]);
    await (await h.at('2.6min')).diagnoses(...two);
    h.expect('gather-evidence');
    expect(h.expect('prepare-steps').diagnosis.subject).toBe('statefulset/postgres');
  });
});

describe('an approved step', () => {
  test('that waits for a read has its turn by the clock, also when nothing else is heard', async () => {
    const h = await new Harness().opened();
    await h.by('primary', { kind: 'acknowledge' });
    await h.take({ kind: 'steps-prepared', steps: [offer(1, 'cordon-node')] });
    await approve(h, offer(1, 'cordon-node'));
    await h.at('29s');
    expect(h.unexpected()).toEqual([]);
    await h.at('31s');
    h.expect('run-step');
  });

  test('does not start long after its approval has expired: the responder was down meanwhile', async () => {
    const h = await offered(offer(1, 'cordon-node'));
    await approve(h, offer(1, 'cordon-node'));
    h.expect('run-step');
    await h.wakesAt('16min');
    await expect(h.take({ kind: 'step-started', stepId: 'cordon-node-1' })).rejects.toThrow('has expired');
  });

  test('does not start, and cannot be approved, once the incident is closed', async () => {
    const [first, second] = both(1);
    const h = await offered(offer(1, 'cordon-node'), offer(1, 'drain-node'));
    await approve(h, offer(1, 'cordon-node'));
    h.expect('run-step');
    const waivers = Object.fromEntries(
      (await h.incident()).checklist.map((one) => [one.text, 'false alarm']),
    );
    await h.by('primary', { kind: 'resolve', note: null, waivers });
    const started = { kind: 'step-started', stepId: first?.id ?? '' } as const;
    await expect(h.take(started)).rejects.toThrow('the incident is resolved');
    await expect(approve(h, second ?? step('none'))).rejects.toThrow('the incident is resolved');
    await h.assess(outage(h.now));
  });
});
