import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kubectlRunner } from '../fixtures/kubectl-runner.ts';
import { service } from '../fixtures/steps-bench.ts';
import type { StepsRoom } from '../steps-room.ts';
import { actAndWatch } from './act-and-watch.ts';

test('a change is ended at the limit that the document sets for it', async () => {
  // Node stands in as kubectl: a real process that would go on for an hour.
  const runner = kubectlRunner(process.execPath, { home: mkdtempSync(join(tmpdir(), 'tocsin-act-')) });
  const room: Pick<StepsRoom, 'runner' | 'service'> = { runner, service };
  const { carried } = await actAndWatch(room as StepsRoom, {
    pipeline: [['kubectl', '-e', 'setTimeout(() => {}, 3600000)']],
    before: { generation: null },
    timeoutMs: 300,
    as: null,
    signal: new AbortController().signal,
  });
  expect(carried).toMatchObject({
    ok: false,
    stderr: expect.stringContaining('ended at its limit of 0.3 s'),
  });
});
