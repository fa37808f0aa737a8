import { expect, it } from 'vitest';
import { parseConfig } from './config.ts';

it("keeps Kubernetes' timings unless told otherwise", () => {
  expect(parseConfig(['--state-dir', '/tmp/x'])).toMatchObject({
    stateDir: '/tmp/x',
    nodeMonitorGraceMs: 50_000,
    heartbeatMs: 10_000,
    podEvictionAfterMs: undefined,
  });
  const fast = parseConfig(['--state-dir', '/tmp/x', '--fast', '--node-grace-ms', '700']);
  expect(fast).toMatchObject({ nodeMonitorGraceMs: 700, podEvictionAfterMs: 5_000 });
});

it.each([
  [[], '--state-dir: missing; expected a directory'],
  [['--state-dir', 'x', '--rate', 'many'], '--rate: "many"; expected a number of at least 0'],
])('%o is refused', (argv, message) => {
  expect(() => parseConfig(argv)).toThrow(message);
});
