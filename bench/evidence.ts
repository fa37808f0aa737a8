import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, IncidentView } from '@tocsin/contract';
import { connect } from '../apps/cli/src/connect.ts';
import { startStackProcess, withStateDir } from './stack-process.ts';

const tocsin = join(import.meta.dirname, '../apps/cli/bin/tocsin.js');
const runbook = join(import.meta.dirname, '../runbooks/outage.md');
const incidents = Number(process.env['BENCH_INCIDENTS'] ?? 50);
const limitMs = 300_000;
/** The API allows a client several hundred requests a minute. */
const askEveryMs = 250;

/** Reads beside those of the document, so that a dead node meets twenty of them. */
const moreReads = [
  'kubectl get events -n platform --sort-by=.lastTimestamp',
  'kubectl get endpoints -n platform',
  'kubectl get pods -n platform -o wide',
  'kubectl describe deployment/multitenant-api -n platform',
  'kubectl describe nodes',
  'kubectl get networkpolicies -n platform',
];

/** How soon everything is read when a node is dead, and what the reads of many incidents at once leave for their pages. */
export async function evidence(): Promise<object> {
  return { deadNode: await withDeadNode(), manyAtOnce: await manyAtOnce() };
}

async function withDeadNode(): Promise<object> {
  return withStateDir(async (folder) => {
    const file = join(folder, 'outage.md');
    writeFileSync(file, withMoreReads(readFileSync(runbook, 'utf8')));
    const flags = ['--own', '--approve', '--hold', '10s', '--json', '--runbook', file];
    const child = spawn(process.execPath, [tocsin, 'drill', 'node-failure', ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [card, story] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const { detectedAfterMs, evidenceAfterMs, passed, misses } = JSON.parse(card) as Record<string, unknown>;
    const reads = Number(/evidence complete: (\d+) reads/.exec(story)?.[1]);
    const afterDetectionMs = Number(evidenceAfterMs) - Number(detectedAfterMs);
    return { reads, afterDetectionMs, passed, misses };
  });
}

function withMoreReads(markdown: string): string {
  const [before, after] = markdown.split(/^(?=### Phase 2.*$)/m, 2);
  const [heading = '', ...rest] = (after ?? '').split('\n');
  return [before + heading, '', '```bash', ...moreReads, '```', ...rest].join('\n');
}

async function manyAtOnce(): Promise<object> {
  return withStateDir(async (folder) => {
    const stack = await startStackProcess(folder);
    try {
      const client = connect({ stateDir: folder, as: 'primary' });
      const first = await client.declareIncident({ severity: 'P1', text: 'the first of many' });
      const others = await Promise.all(
        Array.from({ length: incidents - 1 }, (_, n) =>
          client.split(first.id, { title: `part ${n + 1}`, severity: 'P1', reason: 'all at once' }),
        ),
      );
      const seen = await untilRead(client, [first.id, ...others.map((one) => one.id)]);
      const pages = seen.flatMap((one) => one.pages);
      return {
        incidents: seen.length,
        reads: seen.reduce((sum, one) => sum + one.evidence.length, 0),
        evidenceAfterMs: spread(seen.map((one) => since(one.times.detectedAt, one.times.evidenceCompleteAt))),
        pages: pages.length,
        pagesDelivered: pages.filter((page) => page.state === 'delivered').length,
        pageAfterMs: spread(pages.map((page) => since(page.at, page.deliveredAt))),
      };
    } finally {
      await stack.stop();
    }
  });
}

/** Looks at each until all that was asked for has been read and every page is out, or the limit has passed. */
async function untilRead(client: Client, ids: readonly string[]): Promise<readonly IncidentView[]> {
  const endsAt = performance.now() + limitMs;
  for (;;) {
    const seen: IncidentView[] = [];
    for (const id of ids) {
      seen.push(await client.getIncident(id));
      await sleep(askEveryMs);
    }
    const isDone = seen.every(
      (one) => one.times.evidenceCompleteAt !== null && one.pages.every((page) => page.deliveredAt !== null),
    );
    if (isDone || performance.now() > endsAt) return seen;
    await sleep(2000);
  }
}

function since(from: string, to: string | null): number {
  return to === null ? Number.NaN : Date.parse(to) - Date.parse(from);
}

function spread(values: readonly number[]): object {
  const sorted = values.filter((one) => !Number.isNaN(one)).toSorted((a, b) => a - b);
  return {
    p50: sorted[Math.floor(sorted.length / 2)],
    p99: sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))],
    missing: values.length - sorted.length,
  };
}
