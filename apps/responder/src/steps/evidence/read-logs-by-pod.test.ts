import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PodFact } from '#facts';
import { Limiter } from '../pipeline/limiter.ts';
import type { Runner } from '../pipeline/run-pipeline.ts';
import { readLogsByPod } from './read-logs-by-pod.ts';

const home = mkdtempSync(join(tmpdir(), 'tocsin-logs-'));
const program = join(home, 'kubectl');
/** A kubelet that lives answers, one that is slow answers late, one that is gone never does. */
writeFileSync(
  program,
  `#!/bin/sh
case "$*" in *swift*) echo swift ;; *late*) sleep 2.5; echo late ;; *) exec sleep 60 ;; esac`,
  { mode: 0o755 },
);
const runner: Runner = {
  programs: { kubectl: program, curl: null, psql: null, 'redis-cli': null },
  kubeconfig: '/nowhere/kubeconfig',
  apiServer: null,
  home,
  limiter: new Limiter(4),
  yields: false,
};

const podOn = (name: string, nodeName: string): PodFact => ({ name, nodeName }) as PodFact;
const pods = [podOn('swift', 'node-a'), podOn('late', 'node-b'), podOn('gone', 'node-c')];
const pipeline = [['kubectl', 'logs', '-n', 'platform', '-l', 'app=api']];

function read(muteNodes: () => ReadonlySet<string>): ReturnType<typeof readLogsByPod> {
  const signal = new AbortController().signal;
  return readLogsByPod(runner, pipeline, pods, { limitMs: 8000, signal, muteNodes });
}

test('a pod on a node that gives no logs is not waited for, one that is slow is', async () => {
  const asked: number[] = [];
  const began = performance.now();
  const result = await read(() => {
    asked.push(performance.now() - began);
    return new Set(['node-c']);
  });
  expect(result).toMatchObject({ outcome: 'cut-off', stdout: expect.stringContaining('late') as string });
  expect(result.reason).toBe(
    'read pod by pod (2 of 3 pods); gone on node-c: no answer within 1.5 s, and its kubelet gives no log of any pod',
  );
  expect(Math.min(...asked)).toBeGreaterThan(1400);
});

test('as long as nobody knows that the node is mute, each pod has its time', async () => {
  const result = await read(() => new Set());
  expect(result.reason).toBe('read pod by pod (2 of 3 pods); gone on node-c: no answer within 5 s');
  expect(result.stdout).toContain('swift');
});
