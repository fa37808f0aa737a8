import { expect, test } from 'vitest';
import { evidence } from '../../../test/outage-facts.ts';
import { readsAbout } from './reads-about.ts';

const at = 1_800_000_000_000;
const read = (command: string, outcome: 'ended' | 'not-run' = 'ended') => ({
  ...evidence(command, at),
  command,
  outcome,
});
const all = [
  read('kubectl get nodes -o wide'),
  read('kubectl describe node node-b'),
  read('kubectl describe node node-a'),
  read('kubectl get pods -n platform -o wide'),
  read('kubectl get pods --field-selector spec.nodeName=node-b'),
  read('kubectl rollout history deployment/orders -n platform'),
  read('kubectl get deployments -n platform'),
  read('kubectl get services -n platform', 'not-run'),
];

test.each([
  [
    'node/node-b',
    [
      'kubectl describe node node-b',
      'kubectl get pods --field-selector spec.nodeName=node-b',
      'kubectl get nodes -o wide',
    ],
  ],
  [
    'deployment/orders',
    ['kubectl rollout history deployment/orders -n platform', 'kubectl get deployments -n platform'],
  ],
  ['service/orders', ['kubectl rollout history deployment/orders -n platform']],
  ['tenant/t3', []],
  ['', []],
])('reads about %s', (subject, commands) => {
  expect(readsAbout(subject, all).map((one) => one.command)).toEqual(commands);
});

test('of a command that was read twice, the newest is shown', () => {
  const again = { ...read('kubectl get nodes'), endedAt: at + 60_000 };
  expect(readsAbout('node/node-b', [read('kubectl get nodes'), again])).toEqual([again]);
});
