import { expect, test } from 'vitest';
import { Harness } from '../../../test/harness.ts';
import { nodeFailure, step } from '../../../test/outage-facts.ts';
import type { ProposedStep } from './incident.ts';
import { whyNoStep } from './rules/why-no-step.ts';

const cordon = (over: Partial<ProposedStep>): ProposedStep => step('cordon-node', over);
const failing = { checks: [{ name: 'fleet-healthy', ok: false, text: '1 of 3 pods ready' }] };

async function asked(): Promise<Harness> {
  const h = await (await new Harness().opened()).readsEnd();
  await h.diagnoses(nodeFailure(0.9));
  h.expect('gather-evidence');
  h.expect('prepare-steps');
  return h;
}

const why = async (h: Harness): Promise<string | null> => whyNoStep(await h.incident(), h.now);

test('a cause for which the document changes nothing is said to have no safe step', async () => {
  const h = await new Harness().opened();
  await h.diagnoses(nodeFailure(0.9, { id: 'certificate-expiring', subject: 'service/api' }));
  expect(await why(h)).toBe('The document holds no safe step for certificate-expiring of service/api.');
});

test('no cause is acted on as long as none is held true', async () => {
  const h = await new Harness().opened();
  expect(await why(h)).toBeNull();
  await h.diagnoses(nodeFailure(0.5));
  expect(await why(h)).toBe('No cause is held true: nothing is offered on a guess.');
});

test('nothing is said while changes are on their way or wait for somebody', async () => {
  const h = await asked();
  expect(await why(h)).toBeNull();
  await h.take({ kind: 'steps-prepared', steps: [cordon({})] });
  expect(await why(h)).toBeNull();
});

test('what the checks keep back is named with its reason', async () => {
  const h = await asked();
  await h.take({ kind: 'steps-prepared', steps: [cordon(failing)] });
  expect(await why(h)).toBe(
    'The document holds no safe step for node-failure of node/node-b now. cordon-node is blocked: fleet-healthy: 1 of 3 pods ready.',
  );
});

test('a no of a person is said, and hands off says itself', async () => {
  const h = await asked();
  await h.take({ kind: 'steps-prepared', steps: [cordon({})] });
  await h.by('primary', { kind: 'deny', stepId: 'cordon-node', reason: 'the node is needed' });
  expect(await why(h)).toContain('cordon-node has been denied: the node is needed');
  await h.by('primary', { kind: 'hands-off', on: true, reason: 'we look ourselves' });
  expect(await why(h)).toBeNull();
});

test('a change that was carried out gets its time; when the harm lasts, that is said', async () => {
  const h = await (await asked()).readsEnd();
  await h.by('primary', { kind: 'acknowledge' });
  await h.take({ kind: 'steps-prepared', steps: [cordon({})] });
  const { bindingHash } = cordon({});
  await h.by('primary', { kind: 'approve', stepId: 'cordon-node', bindingHash });
  h.expect('run-step');
  await h.take({ kind: 'step-started', stepId: 'cordon-node' });
  expect(await why(h)).toBeNull();
  const end = { outcome: 'succeeded', text: 'cordoned', postChecks: [], evidenceId: null } as const;
  await h.take({ kind: 'step-finished', stepId: 'cordon-node', ...end });
  expect(await why(h)).toBeNull();
  await h.at('45s');
  expect(await why(h)).toContain('cordon-node has been carried out, and the harm lasts');
});
