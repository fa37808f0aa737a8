import { join } from 'node:path';
import type { DrillSpec } from '../apps/cli/src/drill/drill-spec.ts';
import { drills } from '../apps/cli/src/drill/drills.ts';
import { readSandbox } from '../apps/cli/src/drill/sandbox-client.ts';
import type { SeeingCard } from '../apps/cli/src/drill/score-seeing.ts';
import { seeDrill } from '../apps/cli/src/drill/see-drill.ts';
import { findRunning, openStateDir, type RunFile } from '../apps/cli/src/up/state.ts';
import { type Peer, startPeer } from './peer/start-peer.ts';
import { startStackProcess, withStateDir } from './stack-process.ts';

/** How often each fault is injected; the peer is waited for in the first round only. */
const runs = Number(process.env['BENCH_RUNS'] ?? 3);
/** How long the peer is waited for: its Kubernetes rules take 15 minutes, its error ratio about two. */
const peerLimitMs = Number(process.env['BENCH_PEER_LIMIT_S'] ?? 180) * 1000;
const only = process.env['BENCH_DRILLS']?.split(',');
const nodeDrills = new Set(['node-failure', 'node-lost']);

interface Row {
  readonly drill: string;
  readonly harmAfterMs: number | null;
  readonly detectedAfterMs: number | null;
  readonly pagedAfterMs: number | null;
  readonly passed: boolean;
  /** Null: the peer was not waited for in this run. */
  readonly peer: { readonly alert: string; readonly pagedAfterMs: number } | string | null;
}

/** Fault -> page over every fault of the sandbox that harms at once, beside Prometheus and Alertmanager on the same faults. */
export function faultToPage(): Promise<object> {
  const chosen = drills.filter((one) => one.harmsAtOnce && (only?.includes(one.name) ?? true));
  return withStateDir(async (folder) => {
    const stack = await startStackProcess(folder);
    const state = openStateDir(folder);
    const run = (): RunFile => {
      const running = findRunning(state);
      if (running === null) throw new Error('the stack of the bench is gone');
      return running;
    };
    const { kubeconfig } = readSandbox(run().sandboxFile ?? '');
    const peer = await startPeer(join(folder, 'peer'), kubeconfig);
    const rows: Row[] = [];
    try {
      for (let round = 0; round < runs; round += 1)
        for (const spec of chosen) rows.push(await measure(spec, { run, peer, isWaitedFor: round === 0 }));
    } finally {
      await peer.stop();
      await stack.stop();
    }
    return summary(rows);
  });
}

interface Measuring {
  readonly run: () => RunFile;
  readonly peer: Peer;
  readonly isWaitedFor: boolean;
}

async function measure(spec: DrillSpec, { run, peer, isWaitedFor }: Measuring): Promise<Row> {
  if (isWaitedFor) await peer.waitQuiet(peerLimitMs);
  const startedAt = Date.now();
  let active: readonly string[] = [];
  let injectedAtMs = startedAt;
  const card = await seeDrill({
    spec,
    run,
    holdMs: null,
    stop: new AbortController().signal,
    say: () => {},
    watchAtLeastMs: isWaitedFor ? peerLimitMs : 0,
    around: {
      before: async () => {},
      beforeLift: async (injectedAt) => {
        injectedAtMs = Date.parse(injectedAt);
        active = await peer.active().catch(() => []);
      },
      after: async () => {},
    },
  });
  const paged = peer.pages().find((one) => one.at >= injectedAtMs && one.startsAt >= startedAt);
  const row = {
    ...figuresOf(card),
    peer: !isWaitedFor
      ? null
      : paged === undefined
        ? `> ${peerLimitMs / 1000} s (${[...new Set(active)].join(', ') || 'no rule pending'})`
        : { alert: paged.alert, pagedAfterMs: paged.at - injectedAtMs },
  };
  console.error(JSON.stringify(row));
  return row;
}

function figuresOf({ drill, harmAfterMs, detectedAfterMs, pagedAfterMs, passed }: SeeingCard) {
  return { drill, harmAfterMs, detectedAfterMs, pagedAfterMs, passed };
}

function summary(rows: readonly Row[]): object {
  const names = [...new Set(rows.map((one) => one.drill))];
  const of = (name: string): readonly Row[] => rows.filter((one) => one.drill === name);
  const others = rows.filter((one) => !nodeDrills.has(one.drill));
  const nodes = rows.filter((one) => nodeDrills.has(one.drill));
  return {
    runs,
    faults: names.length,
    pageAfterFaultMs: spread(others),
    pageAfterNodeFailureMs: spread(nodes),
    neverPaged: rows.filter((one) => one.pagedAfterMs === null).map((one) => one.drill),
    peer: 'Prometheus + Alertmanager, rules of bench/peer/rules.yml, scraped and evaluated every 5 s, group_wait 0 s',
    perFault: names.map((name) => ({
      drill: name,
      harmAfterMs: of(name).map((one) => one.harmAfterMs),
      pagedAfterMs: of(name).map((one) => one.pagedAfterMs),
      peer: of(name)[0]?.peer ?? null,
    })),
  };
}

function spread(rows: readonly Row[]): object {
  const sorted = rows
    .flatMap(({ pagedAfterMs }) => (pagedAfterMs === null ? [] : [pagedAfterMs]))
    .toSorted((a, b) => a - b);
  const at = (share: number): number | null => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? null };
}
