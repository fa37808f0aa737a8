import { describe, expect, test } from 'vitest';
import { compileRunbook } from '@tocsin/runbook';
import { Harness } from '../../../test/harness.ts';
import { cordon, drain, evidence, nodeFailure, step } from '../../../test/outage-facts.ts';
import type { ProposedStep } from './incident.ts';
import { planAnswer } from './rules/plan-answer.ts';

async function offered(...steps: ProposedStep[]): Promise<Harness> {
  const h = await (await new Harness().opened()).readsEnd();
  await h.by('primary', { kind: 'acknowledge' });
  await h.take({ kind: 'steps-prepared', steps });
  return h;
}

function approve(h: Harness, person: string, one: ProposedStep): Promise<void> {
  return h.by(person, { kind: 'approve', stepId: one.id, bindingHash: one.bindingHash });
}

async function finish(
  h: Harness,
  one: ProposedStep,
  outcome: 'succeeded' | 'failed' | 'unknown',
): Promise<void> {
  await h.take({ kind: 'step-started', stepId: one.id });
  await h.take({
    kind: 'step-finished',
    stepId: one.id,
    outcome,
    text: outcome,
    postChecks: [],
    evidenceId: null,
  });
}

async function statusOf(h: Harness, one: ProposedStep): Promise<string | undefined> {
  return (await h.incident()).steps.find((found) => found.id === one.id)?.status;
}

describe('a diagnosis', () => {
  test('held true asks the document once: the branch changes, never the same command twice', async () => {
    const h = await new Harness().opened();
    await h.diagnoses(nodeFailure(0.5));
    expect(h.unexpected()).toEqual([]);
    await h.diagnoses(nodeFailure(0.7));
    expect(h.expect('gather-evidence').actionIds).toEqual(['node-state']);
    expect(h.expect('prepare-steps').actionIds).toEqual(['cordon-node', 'drain-node']);
    await h.diagnoses(nodeFailure(0.95));
    expect(await h.count('diagnosed')).toBe(3);
  });

  test('that says the same with newer numbers is not repeated', async () => {
    const h = await new Harness().opened();
    await h.diagnoses(nodeFailure(0.5, { for: ['silent for 3 s'] }));
    await h.diagnoses(nodeFailure(0.52, { for: ['silent for 4 s'] }));
    expect(await h.count('diagnosed')).toBe(1);
  });

  test.each([
    ['deployment/redis', []],
    ['deployment/session-cache', []],
    ['statefulset/postgres', ['database-issue-1']],
    ['deployment/search', ['database-issue-1']],
  ])('of a dependency that is down is answered only by what is about its kind: %s', (subject, expected) => {
    const plan = compileRunbook(`# Outage Runbook

## Response Process

### Phase 4: Mitigation (30-60 minutes)

#### If it's a Database Issue

\`\`\`bash
kubectl rollout restart statefulset/postgres -n platform
\`\`\`
`);
    expect(planAnswer(plan, { id: 'dependency-down', subject }).changes).toEqual(expected);
  });

  test('that the document cannot answer is said plainly', async () => {
    const h = await new Harness().opened();
    await h.diagnoses(nodeFailure(0.9, { id: 'certificate-expiring', subject: 'service/api' }));
    const said = (await h.engine.events()).find((one) => one.body.type === 'no-safe-step');
    expect(said?.body).toMatchObject({ because: expect.stringContaining('no safe step in this document') });
  });
});

describe('evidence', () => {
  test('is complete when every read asked for has ended, one way or another', async () => {
    const h = new Harness();
    await h.fails();
    h.expectPage('primary');
    const { actionIds } = h.expect('gather-evidence');
    await h.at('3s');
    for (const id of actionIds) await h.take({ kind: 'evidence', evidence: evidence(id, h.now) });
    expect(await h.incident()).toMatchObject({ evidenceCompleteAt: h.now, respondedAt: h.now - 300 });
  });
});

describe('an offered step', () => {
  test('waits for the reads that a change could destroy, and has its turn with the last of them', async () => {
    const h = await new Harness().opened();
    await h.take({ kind: 'steps-prepared', steps: [cordon] });
    await approve(h, 'primary', cordon);
    expect(h.unexpected()).toEqual([]);
    await h.readsEnd();
    expect(h.expect('run-step').stepId).toBe('cordon');
  });

  test('does not wait for a read that never ends', async () => {
    const h = await new Harness().opened();
    await h.take({ kind: 'steps-prepared', steps: [cordon] });
    await approve(h, 'primary', cordon);
    await (await h.at('29s')).fails();
    expect(h.unexpected()).toEqual([]);
    await (await h.at('30s')).fails();
    expect(h.expect('run-step').stepId).toBe('cordon');
  });

  test('runs after one approval by somebody who may; the next one waits for it', async () => {
    const h = await offered(cordon, drain);
    await expect(approve(h, 'responder', cordon)).rejects.toThrow(
      'not-allowed: responder has the role responder',
    );
    await approve(h, 'primary', drain);
    await approve(h, 'secondary', drain);
    expect(h.unexpected()).toEqual([]);
    await approve(h, 'primary', cordon);
    expect(h.expect('run-step').stepId).toBe('cordon');
    await finish(h, cordon, 'succeeded');
    expect(h.expect('run-step').stepId).toBe('drain');
  });

  test('that destroys wants two persons', async () => {
    const h = await offered(drain);
    await approve(h, 'primary', drain);
    await expect(approve(h, 'primary', drain)).rejects.toThrow('conflict: you have approved');
    await approve(h, 'secondary', drain);
    expect(h.expect('run-step').stepId).toBe('drain');
  });

  test('is what was seen, or the approval is a conflict', async () => {
    const h = await offered(cordon);
    const other = { ...cordon, bindingHash: 'of-another-node' };
    await expect(approve(h, 'primary', other)).rejects.toThrow('conflict: step "cordon" is not what you saw');
  });

  test('after a failure holds the later ones until they are approved again', async () => {
    const h = await offered(cordon, drain);
    await approve(h, 'primary', cordon);
    h.expect('run-step');
    await approve(h, 'primary', drain);
    await approve(h, 'secondary', drain);
    await h.at('10s');
    await finish(h, cordon, 'failed');
    expect(h.unexpected()).toEqual([]);
    await h.at('11s');
    await approve(h, 'primary', drain);
    await approve(h, 'secondary', drain);
    expect(h.expect('run-step').stepId).toBe('drain');
  });

  test('is refused a second start: the outcome is read, not repeated', async () => {
    const h = await offered(cordon);
    await approve(h, 'primary', cordon);
    h.expect('run-step');
    await h.take({ kind: 'step-started', stepId: 'cordon' });
    await expect(h.take({ kind: 'step-started', stepId: 'cordon' })).rejects.toThrow('conflict');
  });

  test('with an unknown outcome is named so', async () => {
    const h = await offered(cordon);
    await approve(h, 'primary', cordon);
    h.expect('run-step');
    await finish(h, cordon, 'unknown');
    expect(await statusOf(h, cordon)).toBe('unknown');
  });

  test.each([
    ['a failed check', step('x', { checks: [{ name: 'fleet-healthy', ok: false, text: '1 of 3' }] })],
    ['a failed dry run', step('x', { dryRun: { ok: false, text: 'denied' } })],
  ])('with %s is blocked', async (_why, one) => {
    const h = await offered(one);
    expect(await statusOf(h, one)).toBe('blocked');
    await expect(approve(h, 'primary', one)).rejects.toThrow('conflict: step "x" is blocked');
  });

  test('expires after 15 minutes, also half approved', async () => {
    const h = await offered(drain);
    await approve(h, 'primary', drain);
    await h.at('15min');
    expect(await statusOf(h, drain)).toBe('expired');
    await expect(approve(h, 'secondary', drain)).rejects.toThrow('conflict');
  });

  test('can be denied, and the ones after it then need a new yes', async () => {
    const h = await offered(cordon, drain);
    await approve(h, 'primary', drain);
    await h.at('1s');
    await h.by('responder', { kind: 'deny', stepId: 'cordon', reason: 'not that node' });
    await h.at('2s');
    await approve(h, 'secondary', drain);
    expect(h.unexpected()).toEqual([]);
    await approve(h, 'primary', drain);
    expect(h.expect('run-step').stepId).toBe('drain');
  });

  test.each(['denied', 'failed'])(
    '%s: the approved one after it is an open offer again, for everybody to see',
    async (how) => {
      const [first, next] = [step('first'), step('next')];
      const h = await offered(first, next);
      await approve(h, 'primary', next);
      expect(await statusOf(h, next)).toBe('approved');
      await h.at('1s');
      if (how === 'denied') await h.by('responder', { kind: 'deny', stepId: 'first', reason: 'no' });
      else {
        await approve(h, 'primary', first);
        h.expect('run-step');
        await finish(h, first, 'failed');
      }
      expect((await h.incident()).steps[1]).toMatchObject({ status: 'proposed', approvals: [] });
      await h.at('2s');
      await approve(h, 'secondary', next);
      expect(h.expect('run-step').stepId).toBe('next');
    },
  );

  test('does not run hands off; lifting it gives the turn', async () => {
    const h = await offered(cordon);
    await h.by('responder', { kind: 'hands-off', on: true, reason: 'wait' });
    await expect(approve(h, 'primary', cordon)).rejects.toThrow('hands off');
    await h.by('responder', { kind: 'hands-off', on: false, reason: 'go' });
    await approve(h, 'primary', cordon);
    h.expect('run-step');
    await h.by('responder', { kind: 'hands-off', on: true, reason: 'stop' });
    await expect(h.take({ kind: 'step-started', stepId: 'cordon' })).rejects.toThrow('hands off');
  });

  test('is not approved by people of a drill in a real incident', async () => {
    const h = await offered(cordon);
    await expect(approve(h, 'player', cordon)).rejects.toThrow('player is played by drills');
  });
});
