import { expect, it } from 'vitest';
import { durationSeconds, parseKubectl } from './parse-kubectl.ts';

it.each([
  {
    text: 'kubectl get pods -n platform -l app=multitenant-api',
    verb: 'get',
    words: ['pods'],
    flags: { namespace: 'platform', selector: 'app=multitenant-api' },
  },
  {
    text: 'get nodes -L topology.kubernetes.io/zone',
    verb: 'get',
    words: ['nodes'],
    flags: { 'label-columns': 'topology.kubernetes.io/zone' },
  },
  {
    text: 'kubectl get events --sort-by=.lastTimestamp -A',
    verb: 'get',
    words: ['events'],
    flags: { 'sort-by': '.lastTimestamp', 'all-namespaces': true },
  },
  {
    text: 'kubectl logs pod/x --previous --tail=5 -nplatform',
    verb: 'logs',
    words: ['pod/x'],
    flags: { previous: true, tail: '5', namespace: 'platform' },
  },
  { text: 'kubectl cluster-info', verb: 'cluster-info', words: [], flags: {} },
])('$text', ({ text, ...wanted }) => {
  expect(parseKubectl(text.split(' '))).toEqual(wanted);
});

it.each([
  ['10m', 600],
  ['1h30m', 5400],
  ['45s', 45],
  ['soon', null],
  ['10', null],
])('%s is %s seconds', (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});
