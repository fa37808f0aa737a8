import { expect, test } from 'vitest';
import { KubeApiError } from '#cluster';
import { node, pod } from '../../../test/facts/build-facts.ts';
import { createKubeletAnswers } from './kubelet-answers.ts';

const names = (pods: readonly { readonly name: string }[]) => pods.map((one) => one.name);
const timeout = new DOMException('The operation was aborted due to timeout', 'TimeoutError');

test('silence is noted, a log that came, too; a refusal says nothing of the machine', () => {
  const kubelets = createKubeletAnswers(() => 5000);
  kubelets.note(pod('a'), 4900, null);
  kubelets.note(pod('b'), 3000, timeout);
  kubelets.note(
    pod('c'),
    3000,
    new KubeApiError('GET /log: 500 dial tcp 10.0.0.3:10250: i/o timeout', 500, ''),
  );
  kubelets.note(pod('d'), 3000, new KubeApiError('GET /log: 403 forbidden', 403, 'Forbidden'));
  kubelets.note(pod('e', { nodeName: null }), 3000, null);
  expect(kubelets.answers()).toEqual([
    { at: 3000, node: node('c').name, answered: false, durationMs: 2000 },
    { at: 3000, node: node('b').name, answered: false, durationMs: 2000 },
    { at: 4900, node: node('a').name, answered: true, durationMs: 100 },
  ]);
});

test('of every silent node one pod is asked, and one beside them; again after 2 s', () => {
  let at = 10_000;
  const kubelets = createKubeletAnswers(() => at);
  const pods = [pod('a'), pod('b'), pod('b', { name: 'api-b2' }), pod('c', { phase: 'Pending' }), pod('d')];
  expect(kubelets.toAsk(pods, new Set())).toEqual([]);
  expect(names(kubelets.toAsk(pods, new Set(['node-b', 'node-c'])))).toEqual(['api-b2', 'api-a']);
  kubelets.note(pod('b'), at, timeout);
  at += 1500;
  expect(kubelets.toAsk(pods, new Set(['node-b']))).toEqual([]);
  at += 1000;
  expect(names(kubelets.toAsk(pods, new Set(['node-b'])))).toEqual(['api-b2', 'api-a']);
});
