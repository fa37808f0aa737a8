import type { EpochMs, Facts, ProbeSample } from '#facts';
import { burstOf, laneIntervalMs } from './probe-pace.ts';
import type { OneRequest, RequestSender } from './send-request.ts';
import type { TokenSource } from './token-source.ts';

/** What is probed, and how often for each tenant. */
export interface ProbeTarget {
  readonly target: string;
  readonly url: string;
  readonly host?: string | undefined;
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

export interface ProbedTenant {
  readonly id: string;
  readonly token: TokenSource;
}

/** The outside probes of one service (class A). */
export interface Probes {
  /** Ended requests of the last 90 s, oldest end first. A new array whenever it changes. */
  samples(): readonly ProbeSample[];
  pending(): Facts['pending'];
  /** Up to ten requests a tenant and a hundred in all at once, to know sooner; false when the last burst was less than 30 s ago. */
  burst(): boolean;
  stop(): void;
}

export interface ProbeOptions {
  readonly targets: readonly ProbeTarget[];
  /** Empty: anonymous requests. */
  readonly tenants: readonly ProbedTenant[];
  /** Most requests a second to one target; with more tenants than that allows each is asked less often. */
  readonly maxPerSecond: number;
  readonly sender: RequestSender;
  readonly now: () => EpochMs;
}

const keepMs = 90_000;
const burstSpreadMs = 250;
const burstGapMs = 30_000;

interface Lane {
  readonly probe: ProbeTarget;
  readonly tenant: ProbedTenant | null;
  readonly intervalMs: number;
}

function lanesOf({ targets, tenants, maxPerSecond }: ProbeOptions): readonly Lane[] {
  const askers = tenants.length === 0 ? [null] : tenants;
  return targets.flatMap((probe) => {
    const intervalMs = laneIntervalMs(probe.intervalMs, askers.length, maxPerSecond);
    return askers.map((tenant) => ({ probe, tenant, intervalMs }));
  });
}

function requestOf({ probe }: Lane, token: string | null): OneRequest {
  return {
    url: probe.url,
    timeoutMs: probe.timeoutMs,
    headers: {
      'user-agent': 'tocsin-probe',
      ...(probe.host === undefined ? {} : { host: probe.host }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
  };
}

/** Samples in the order of their end, bounded in time; what was handed out does not change. */
function sampleWindow() {
  const samples: ProbeSample[] = [];
  let handedOut: readonly ProbeSample[] | null = [];
  return {
    all(): readonly ProbeSample[] {
      handedOut ??= samples.slice();
      return handedOut;
    },
    add(sample: ProbeSample) {
      const later = samples.findLastIndex((one) => one.endedAt <= sample.endedAt) + 1;
      samples.splice(later, 0, sample);
      const kept = samples.findIndex((one) => one.endedAt > sample.endedAt - keepMs);
      samples.splice(0, kept);
      handedOut = null;
    },
  };
}

/** Starts probing: every tenant on every target at its interval on average, each request on a new connection. */
export function startProbes(options: ProbeOptions): Probes {
  const { sender, now } = options;
  const window = sampleWindow();
  const pending = new Set<Facts['pending'][number]>();
  const timers = new Set<NodeJS.Timeout>();
  const lanes = lanesOf(options);
  let lastBurstAt = -Infinity;

  async function ask(lane: Lane): Promise<void> {
    const token = lane.tenant?.token() ?? null;
    if (lane.tenant !== null && token === null) return;
    const asked = {
      startedAt: now(),
      tenant: lane.tenant?.id ?? null,
      target: lane.probe.target,
    };
    pending.add(asked);
    const answer = await sender.send(requestOf(lane, token));
    pending.delete(asked);
    window.add({ target: asked.target, tenant: asked.tenant, ...answer });
  }

  function later(delayMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, delayMs);
    timers.add(timer);
  }

  // A fixed beat could meet a round-robin balancer in step and ask one pod for ever: the pause varies by half.
  function repeat(lane: Lane): void {
    later(lane.intervalMs * (0.5 + Math.random()), () => repeat(lane));
    void ask(lane);
  }

  for (const [i, lane] of lanes.entries()) later((lane.intervalMs * i) / lanes.length, () => repeat(lane));

  return {
    samples: window.all,
    pending: () => [...pending],
    burst() {
      if (now() - lastBurstAt < burstGapMs) return false;
      lastBurstAt = now();
      const first = lanes.filter((lane) => lane.probe.target === lanes[0]?.probe.target);
      for (const lane of burstOf(first)) later(burstSpreadMs * Math.random(), () => void ask(lane));
      return true;
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
