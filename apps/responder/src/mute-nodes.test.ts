import { expect, test } from 'vitest';
import { muteNodes } from './mute-nodes.ts';

const at = 1_000_000;
const answer = (node: string, answered: boolean, agoMs: number) => ({
  at: at - agoMs,
  node,
  answered,
  durationMs: 10,
});

test('a node is mute by the newest answer, and only while another one speaks', () => {
  const kubelets = [answer('a', true, 100), answer('b', false, 200), answer('c', true, 300)];
  expect([...muteNodes({ at, kubelets })]).toEqual(['b']);
  expect([...muteNodes({ at, kubelets: [answer('b', true, 50), ...kubelets] })]).toEqual([]);
  expect([...muteNodes({ at, kubelets: [answer('b', false, 200)] })]).toEqual([]);
});

test('what was learnt long ago is forgotten, and nobody asked means nobody is mute', () => {
  expect([...muteNodes({ at, kubelets: [answer('a', true, 100), answer('b', false, 20_000)] })]).toEqual([]);
  expect([...muteNodes({ at })]).toEqual([]);
});
