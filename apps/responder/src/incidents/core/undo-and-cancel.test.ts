import { describe, expect, test } from 'vitest';
import { Harness } from '../../../test/harness.ts';
import { cordon, step } from '../../../test/outage-facts.ts';
import { system, user } from '../../../test/people.ts';
import type { HandsOff, Incident, ProposedStep } from './incident.ts';
import { whyHandsOff } from './rules/step-turn.ts';

const back = 'kubectl uncordon node-b';
const undoable = { ...cordon, undo: back };
const wayBack = step('undo-cordon', { undoes: 'cordon', requestedBy: user('primary') });

async function offered(...steps: ProposedStep[]): Promise<Harness> {
  const h = await (await new Harness().opened()).readsEnd();
  await h.by('primary', { kind: 'acknowledge' });
  await h.take({ kind: 'steps-prepared', steps });
  return h;
}

function approve(h: Harness, person: string, one: ProposedStep): Promise<void> {
  return h.by(person, { kind: 'approve', stepId: one.id, bindingHash: one.bindingHash });
}

async function begun(one: ProposedStep): Promise<Harness> {
  const h = await offered(one);
  await approve(h, 'primary', one);
  h.expect('run-step');
  await h.take({ kind: 'step-started', stepId: one.id });
  return h;
}

async function done(one: ProposedStep): Promise<Harness> {
  const h = await begun(one);
  const told = { text: 'done', postChecks: [], evidenceId: null };
  await h.take({ kind: 'step-finished', stepId: one.id, outcome: 'succeeded', ...told });
  return h;
}

describe('undo with one key', () => {
  test('asks for the way back, which is a step that somebody else approves', async () => {
    const h = await done(undoable);
    await h.by('primary', { kind: 'undo', stepId: 'cordon' });
    expect(h.expect('prepare-undo')).toMatchObject({ stepId: 'cordon', requestedBy: { id: 'primary' } });
    await h.take({ kind: 'steps-prepared', steps: [wayBack] });
    await expect(approve(h, 'primary', wayBack)).rejects.toThrow(
      'conflict: you asked for step "undo-cordon"',
    );
    await approve(h, 'secondary', wayBack);
    expect(h.expect('run-step').stepId).toBe('undo-cordon');
  });

  test('is asked for once while it is open', async () => {
    const h = await done(undoable);
    await h.take({ kind: 'steps-prepared', steps: [wayBack] });
    await h.by('secondary', { kind: 'undo', stepId: 'cordon' });
    expect(h.unexpected()).toEqual([]);
  });

  test('a diagnosis does not withdraw what a person has asked for', async () => {
    const h = await done(undoable);
    await h.take({ kind: 'steps-prepared', steps: [wayBack] });
    for (const at of ['20s', '30s']) {
      await (await h.at(at)).isRestored('15s');
      await h.diagnoses();
    }
    expect((await h.incident()).steps[1]?.status).toBe('proposed');
    if ((await h.eventTypes()).includes('smoke-test-requested')) h.expect('smoke-test');
  });

  test.each([
    ['nothing has run', () => offered(undoable), 'only what has run can be taken back'],
    ['it runs still', () => begun(undoable), 'only what has run can be taken back'],
    ['no way back is known', () => done(cordon), 'no way back that is known'],
  ])('is refused when %s', async (_why, play, reason) => {
    const h = await play();
    await expect(h.by('primary', { kind: 'undo', stepId: 'cordon' })).rejects.toThrow(reason);
  });
});

describe('cancel', () => {
  test('is on record with who and why, once', async () => {
    const h = await begun(cordon);
    await h.by('responder', { kind: 'cancel', stepId: 'cordon', reason: 'the wrong node' });
    await h.by('primary', { kind: 'cancel', stepId: 'cordon', reason: 'again' });
    expect((await h.incident()).steps[0]?.cancelled).toMatchObject({
      by: { id: 'responder' },
      reason: 'the wrong node',
    });
    expect(await h.count('step-cancelled')).toBe(1);
  });

  test('before the start keeps it from starting', async () => {
    const h = await offered(cordon);
    await approve(h, 'primary', cordon);
    h.expect('run-step');
    await h.by('responder', { kind: 'cancel', stepId: 'cordon', reason: 'wait' });
    await expect(h.take({ kind: 'step-started', stepId: 'cordon' })).rejects.toThrow(
      'cancelled before it began: wait',
    );
  });

  test('an offer is denied, not cancelled', async () => {
    const h = await offered(cordon);
    await expect(h.by('primary', { kind: 'cancel', stepId: 'cordon', reason: 'x' })).rejects.toThrow(
      'only one that has its turn',
    );
  });

  test('needs a responder', async () => {
    const h = await begun(cordon);
    await expect(h.by('viewer', { kind: 'cancel', stepId: 'cordon', reason: 'x' })).rejects.toThrow(
      'not-allowed',
    );
    await expect(h.take({ kind: 'cancel', stepId: 'cordon', reason: 'x' }, system)).rejects.toThrow(
      'not-allowed',
    );
  });
});

test('hands off everywhere comes before all else', () => {
  const open = { status: 'open', handsOff: false, assessment: {} } as Incident;
  const everywhere: HandsOff = { by: user('primary'), since: 0, reason: 'audit' };
  expect(whyHandsOff(open)).toBeNull();
  expect(whyHandsOff(open, everywhere)).toContain('hands off everywhere');
  expect(whyHandsOff(open, everywhere)).toContain('audit');
});
