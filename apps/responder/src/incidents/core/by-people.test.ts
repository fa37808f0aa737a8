import { describe, expect, test } from 'vitest';
import { memoryEngine } from '../../../test/engine.ts';
import { Harness } from '../../../test/harness.ts';
import { cordon, step } from '../../../test/outage-facts.ts';
import { everyLevel, teamOf } from '../../../test/people.ts';
import { plan } from '../../../test/runbook.ts';
import type { ProposedStep, Step } from './incident.ts';
import { automaticApproval } from './rules/automatic-approval.ts';

type Policy = NonNullable<ReturnType<typeof teamOf>['approvals']>;

async function offered(steps: readonly ProposedStep[], approvals?: Policy): Promise<Harness> {
  const engine = memoryEngine(plan, teamOf(everyLevel, approvals));
  const h = await (await new Harness({ engine }).opened()).readsEnd();
  await h.by('primary', { kind: 'acknowledge' });
  await h.take({ kind: 'steps-prepared', steps });
  return h;
}

async function stepOf(h: Harness, id: string): Promise<Step> {
  const found = (await h.incident()).steps.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no step "${id}"`);
  return found;
}

async function approve(h: Harness, person: string, id: string): Promise<void> {
  const { bindingHash } = await stepOf(h, id);
  await h.by(person, { kind: 'approve', stepId: id, bindingHash });
}

const policy = (soft: number, hard: number): Policy => ({
  singlePerson: false,
  automatic: [{ action: 'restart', softPerHour: soft }],
  hardPerHour: hard,
});

const ask = (h: Harness, command: string, person = 'responder', reason = 'to look'): Promise<void> =>
  h.by(person, { kind: 'ask', command, reason });

const no = (name: string) => ({ checks: [{ name, ok: false, text: '1 of 3 pods ready' }] });

describe('an override of a failed check', () => {
  const blocked = step('cordon-node', no('fleet-healthy'));
  const reason = 'the third pod is a canary';

  test('offers the step all the same, marked, for somebody else to approve', async () => {
    const h = await (await offered([blocked])).at('2s');
    await h.by('primary', { kind: 'override', stepId: 'cordon-node', reason });
    expect(await stepOf(h, 'cordon-node-2')).toMatchObject({
      status: 'proposed',
      overridden: { by: { id: 'primary' }, reason, checks: ['fleet-healthy'] },
    });
    await expect(approve(h, 'primary', 'cordon-node-2')).rejects.toThrow('somebody else has to approve it');
    await approve(h, 'secondary', 'cordon-node-2');
    expect(h.expect('run-step').stepId).toBe('cordon-node-2');
    expect(await h.count('check-overridden')).toBe(1);
  });

  test.each([
    ['of what nobody may answer for', 'primary', step('x', no('approval-binds')), 'cannot be overridden'],
    [
      'of what the server refuses',
      'primary',
      step('x', { dryRun: { ok: false, text: 'no' } }),
      'the server refuses',
    ],
    ['of a step that is offered', 'primary', step('x'), 'is proposed; only one that its checks keep back'],
    ['by a responder', 'responder', step('x', no('fleet-healthy')), 'approver is needed'],
  ])('%s is refused', async (...[, person, one, message]) => {
    const h = await offered([one]);
    await expect(h.by(person, { kind: 'override', stepId: 'x', reason })).rejects.toThrow(message);
  });

  test('without a reason is refused, and asked again it offers no second step', async () => {
    const h = await offered([blocked]);
    const again = { kind: 'override', stepId: 'cordon-node', reason } as const;
    await expect(h.by('primary', { ...again, reason: ' ' })).rejects.toThrow('expected why');
    await h.by('primary', again);
    await h.by('secondary', again);
    expect((await h.incident()).steps).toHaveLength(2);
  });
});

describe('a step that only a person can do', () => {
  const manual = step('reboot', { manual: 'it opens a page of the provider' });

  test('is offered, cannot be approved, and ends with the word of who did it', async () => {
    const h = await offered([manual]);
    await expect(approve(h, 'primary', 'reboot')).rejects.toThrow('say when it is done');
    await expect(h.by('responder', { kind: 'done-by-hand', stepId: 'reboot', note: '' })).rejects.toThrow(
      'expected what was done',
    );
    await h.by('responder', { kind: 'done-by-hand', stepId: 'reboot', note: 'node is back' });
    expect(await stepOf(h, 'reboot')).toMatchObject({
      status: 'succeeded',
      outcome: 'done by hand by responder: node is back',
      endedAt: h.now,
    });
    await expect(h.by('responder', { kind: 'done-by-hand', stepId: 'reboot', note: 'x' })).rejects.toThrow(
      'is succeeded already',
    );
  });

  test('holds up what comes after it, until it is done', async () => {
    const h = await offered([manual, step('cordon-node')]);
    await approve(h, 'primary', 'cordon-node');
    await h.by('responder', { kind: 'done-by-hand', stepId: 'reboot', note: 'done' });
    expect(h.expect('run-step').stepId).toBe('cordon-node');
  });

  test('is no name for what the responder runs itself', async () => {
    const h = await offered([cordon]);
    const said = h.by('primary', { kind: 'done-by-hand', stepId: cordon.id, note: 'done' });
    await expect(said).rejects.toThrow('is run by the responder');
  });
});

describe('a command that no document names', () => {
  test('that reads is read, and becomes evidence', async () => {
    const h = await offered([]);
    await ask(h, 'kubectl get pods -n platform | grep api');
    expect(h.expect('gather-evidence').actionIds).toEqual(['asked-1']);
    expect((await h.incident()).asked?.[0]).toMatchObject({
      id: 'asked-1',
      pipeline: [
        ['kubectl', 'get', 'pods', '-n', 'platform'],
        ['grep', 'api'],
      ],
    });
  });

  test('that changes is prepared, and who asked does not approve it', async () => {
    const h = await offered([]);
    await ask(h, 'kubectl scale deployment/multitenant-api --replicas=5 -n platform', 'primary');
    const { actionId, requestedBy } = h.expect('prepare-asked');
    await h.take({ kind: 'steps-prepared', steps: [step(actionId, { requestedBy })] });
    await expect(approve(h, 'primary', actionId)).rejects.toThrow('somebody else');
    await approve(h, 'secondary', actionId);
    expect(h.expect('run-step').stepId).toBe('asked-1');
  });

  test.each([
    ['kubectl get pods; rm -rf /', '2 commands; expected one'],
    ['rm -rf /', 'not a program that is started from a runbook'],
    ['kubectl get pods > /etc/passwd', 'command: '],
    ['kubectl get pods $(id)', 'command: '],
    ['kubectl exec -it x -- sh', 'command: '],
    ['kubectl cordon <node-name>', '<node-name> is no value'],
    ['kubectl get secret admin -o yaml', 'it shows what Secrets hold'],
    ['', 'it is empty'],
  ])('%s is refused with the reason', async (command, message) => {
    await expect(ask(await offered([]), command)).rejects.toThrow(message);
  });

  test('changes nothing with hands off, and still reads', async () => {
    const h = await offered([]);
    await h.by('primary', { kind: 'hands-off', on: true, reason: 'ours' });
    await expect(ask(h, 'kubectl cordon node-b')).rejects.toThrow('hands off');
    await ask(h, 'kubectl get nodes');
    expect(h.expect('gather-evidence').actionIds).toEqual(['asked-1']);
  });
});

describe('a team of one', () => {
  const alone = { singlePerson: true, automatic: [], hardPerHour: 3 };

  test('may approve alone what destroys, and what it asked for; the offer says so', async () => {
    const h = await offered([step('drain-node', { effect: 'destroy', approvalsNeeded: 2 })], alone);
    expect(await stepOf(h, 'drain-node')).toMatchObject({ approvalsNeeded: 1, singlePerson: true });
    await approve(h, 'primary', 'drain-node');
    expect(h.expect('run-step').stepId).toBe('drain-node');
  });
});

describe('automatic approval', () => {
  const dryRun = { ok: true, text: 'patched' };
  const restart = (n: number, more: Partial<ProposedStep> = {}): ProposedStep =>
    step(`restart-${n}`, { actionId: 'restart', dryRun, ...more });
  test('runs what the policy names, and says that no person approved', async () => {
    const h = await offered([restart(1)], policy(1, 3));
    expect(h.expect('run-step').stepId).toBe('restart-1');
    const said = (await h.engine.events()).find((one) => one.body.type === 'step-approved');
    expect(said?.body).toMatchObject({
      by: { kind: 'system', id: 'approval-policy' },
      automatic: { actionId: 'restart' },
    });
  });

  test.each([
    ['what destroys', restart(1, { effect: 'destroy' }), 'never approved without a person'],
    ['what the server has not tried', restart(1, { dryRun: null }), 'not confirmed it in a dry run'],
  ])('%s waits for a person', async (_what, one, because) => {
    const h = await offered([one], policy(1, 3));
    const noted = (await h.engine.events()).findLast((event) => event.body.type === 'noted');
    expect(noted?.body).toMatchObject({ text: expect.stringContaining(because) });
    expect(await stepOf(h, 'restart-1')).toMatchObject({ status: 'proposed', approvals: [] });
  });

  test.each([
    ['another action', step('other', { dryRun })],
    ['what a person asked for', restart(1, { requestedBy: { kind: 'user', id: 'ben', name: 'ben' } })],
  ])('says nothing of %s', async (_what, one) => {
    const h = await offered([one], policy(1, 3));
    expect(await stepOf(h, one.id)).toMatchObject({ status: 'proposed', approvals: [] });
  });

  test('counts what it approves in one decision', async () => {
    const together = { section: 'branch "Node Issue"', series: 'other' } as const;
    const both = [restart(1, together), restart(2, together)];
    const h = await offered(both, policy(1, 3));
    expect(h.expect('run-step').stepId).toBe('restart-1');
    expect(await stepOf(h, 'restart-2')).toMatchObject({ status: 'proposed', approvals: [] });
  });

  test.each([
    ['nothing so far', [], true, 'number 1 of 2 within the hour, 1 of 3 of all'],
    ['one of the same', ['restart'], true, 'number 2 of 2 within the hour, 2 of 3 of all'],
    ['as many of the same as the soft limit', ['restart', 'restart'], false, 'the soft limit is 2'],
    ['as many of all as the hard limit', ['a', 'b', 'c'], false, 'the hard limit is 3'],
  ])('after %s within the hour', (_what, before, yes, because) => {
    const onCall = { levels: [], roles: {}, approvals: policy(2, 3) };
    const automatic = before.map((actionId) => ({ actionId, at: 0 }));
    const answer = automaticApproval(restart(9), { onCall, automatic });
    expect(answer).toEqual({ yes, because: expect.stringContaining(because) });
  });
});
