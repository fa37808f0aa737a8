import { describe, expect, test } from 'vitest';
import { Harness } from '../../../test/harness.ts';
import { nodeFailure, step } from '../../../test/outage-facts.ts';
import type { ProposedStep, Step } from './incident.ts';

const oom = nodeFailure(0.97, { id: 'memory-exhaustion', subject: 'deployment/multitenant-api' });
const branch = 'branch "Pod/Deployment Issue"';
const scenario = 'scenario "Memory Exhaustion"';

const rollout = (n: number, actionId: string, rank: number, more: Partial<ProposedStep> = {}): ProposedStep =>
  step(`${actionId}-${n}`, {
    actionId,
    values: {},
    target: 'deployment/multitenant-api',
    section: branch,
    series: 'rollout',
    fit: { rank, why: `why ${actionId}` },
    ...more,
  });
const three = (n: number): ProposedStep[] => [
  rollout(n, 'restart-deployment', 5),
  rollout(n, 'undo-rollout', 6),
  rollout(n, 'raise-memory', 2, { section: scenario }),
];

async function prepared(steps: readonly ProposedStep[]): Promise<Harness> {
  const h = await new Harness().opened();
  await h.by('primary', { kind: 'acknowledge' });
  await h.diagnoses(oom);
  h.expect('gather-evidence');
  h.expect('prepare-steps');
  await h.readsEnd();
  await h.take({ kind: 'steps-prepared', steps });
  return h;
}

const waiting = async (h: Harness): Promise<readonly Step[]> =>
  (await h.incident()).steps.filter((one) => one.status === 'proposed');

async function run(h: Harness, one: Step, outcome: 'succeeded' | 'failed'): Promise<void> {
  await h.by('primary', { kind: 'approve', stepId: one.id, bindingHash: one.bindingHash });
  h.expect('run-step');
  await h.take({ kind: 'step-started', stepId: one.id });
  await h.take({
    kind: 'step-finished',
    stepId: one.id,
    outcome,
    text: '',
    postChecks: [],
    evidenceId: null,
  });
}

describe('of the branch and the scenario for one cause', () => {
  test('both are asked for', async () => {
    const h = await new Harness().opened();
    await h.diagnoses(oom);
    h.expect('gather-evidence');
    expect(h.expect('prepare-steps').actionIds).toEqual([
      'restart-deployment',
      'undo-rollout',
      'raise-memory',
    ]);
  });

  test('the best fit alone is offered, with the reason', async () => {
    const [only, ...none] = await waiting(await prepared(three(1)));
    expect(none).toEqual([]);
    expect(only?.actionId).toBe('raise-memory');
    expect(only?.chosen).toBe(
      `${scenario}: why raise-memory; restart-deployment waits (why restart-deployment); undo-rollout waits (why undo-rollout)`,
    );
  });

  test('what a check blocks is not chosen, and that is said', async () => {
    const [restart, undo, raise] = three(1);
    const lower = [{ name: 'value-raises-limit', ok: false, text: 'has 2Gi' }];
    const h = await prepared([restart, undo, { ...raise, checks: lower }] as ProposedStep[]);
    const [only, ...none] = await waiting(h);
    expect([only?.actionId, none]).toEqual(['restart-deployment', []]);
    expect(only?.chosen).toContain('raise-memory is blocked');
    expect((await h.incident()).steps.filter((one) => one.status === 'blocked')).toHaveLength(1);
  });

  test('the next is offered when the harm outlasts the first, never both at once', async () => {
    const h = await prepared(three(1));
    const [raise] = await waiting(h);
    await run(h, raise as Step, 'succeeded');
    await (await h.at('20s')).diagnoses(oom);
    expect(h.unexpected()).toEqual([]);
    await (await h.at('90s')).diagnoses(oom);
    expect(h.expect('prepare-steps').actionIds).toEqual(['restart-deployment', 'undo-rollout']);
    await h.take({ kind: 'steps-prepared', steps: three(2).slice(0, 2) });
    expect((await waiting(h)).map((one) => one.actionId)).toEqual(['restart-deployment']);
  });

  test('what has failed comes after what was not tried', async () => {
    const h = await prepared(three(1));
    const [raise] = await waiting(h);
    await run(h, raise as Step, 'failed');
    await (await h.at('2min')).diagnoses(oom);
    h.expect('prepare-steps');
    await h.take({ kind: 'steps-prepared', steps: three(2) });
    expect((await waiting(h)).map((one) => one.actionId)).toEqual(['restart-deployment']);
  });

  test('cordon and drain are one: they stay together, in order', async () => {
    const node = { section: 'branch "Node Issue"', series: 'node', fit: { rank: 2, why: 'x' } } as const;
    const h = await prepared([
      step('cordon', node),
      step('drain', node),
      rollout(1, 'restart-deployment', 5),
    ]);
    expect((await waiting(h)).map((one) => one.id)).toEqual(['cordon', 'drain']);
  });
});
