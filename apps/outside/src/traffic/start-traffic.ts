import { OutcomeRing } from './outcome-ring.ts';
import { seededRandom } from './seeded-random.ts';
import { sendRequest } from './send-request.ts';
import { startSchedule } from './start-schedule.ts';
import { currentWindow, perSecond, type TrafficStats } from './traffic-stats.ts';

/** A tenant that sends requests with this token. */
export interface TrafficTenant {
  id: string;
  token: string;
}

/** What the outside client does. */
export interface TrafficOptions {
  /** Where the ingress listens, for example `http://127.0.0.1:8080`. */
  ingressUrl: string;
  /** The host name that the ingress routes by. */
  host: string;
  tenants: readonly TrafficTenant[];
  requestsPerSecondPerTenant: number;
  /** The same seed makes the same sequence of requests for each tenant. */
  seed: number;
  /** Part of the requests that write, in [0, 1]; 0.1 when not given. */
  writeShare?: number;
  /** The longest a request may take, 3000 when not given. */
  timeLimitMs?: number;
}

/** Running traffic. */
export interface Traffic {
  /** Counts by the second since `sinceMs` (epoch; 10 minutes are kept) and over the last 10 s. */
  stats(sinceMs?: number): TrafficStats;
  /** 0 pauses. Takes effect at once. */
  setRate(requestsPerSecondPerTenant: number): void;
  rate(): number;
  /** Ends the schedule and waits for what is under way. */
  stop(): Promise<void>;
}

const keepSeconds = 600;
const windowMs = 10_000;

/** One tenant's own sequence of requests. */
interface Stream {
  tenant: TrafficTenant;
  random: () => number;
  sent: number;
}

function requestBody(stream: Stream, writeShare: number): string | null {
  if (stream.random() >= writeShare) return null;
  const amount = Math.floor(stream.random() * 10_000);
  return JSON.stringify({ name: `order ${stream.sent}`, value: { amount } });
}

/** Starts a client outside the cluster that plays `tenants`, a new connection for each request. Runs until `stop()`. */
export function startTraffic(options: TrafficOptions): Traffic {
  const { writeShare = 0.1, timeLimitMs = 3000 } = options;
  const url = new URL('/api/data', options.ingressUrl);
  const bySent = new OutcomeRing(keepSeconds);
  const byEnded = new OutcomeRing(keepSeconds);
  const streams = options.tenants.map((tenant, index): Stream => {
    return { tenant, random: seededRandom(options.seed + index), sent: 0 };
  });
  const underWay = new Set<Promise<void>>();

  async function send(stream: Stream): Promise<void> {
    const { id, token } = stream.tenant;
    const body = requestBody(stream, writeShare);
    stream.sent += 1;
    const sentAt = Date.now();
    const startedAt = performance.now();
    const outcome = await sendRequest({ url, host: options.host, token, body }, timeLimitMs);
    const result = { outcome, tookMs: Math.round(performance.now() - startedAt) };
    bySent.record(sentAt, id, result);
    byEnded.record(Date.now(), id, result);
  }

  function fire(index: number): void {
    const stream = streams[index];
    if (stream === undefined) return;
    const request = send(stream).finally(() => underWay.delete(request));
    underWay.add(request);
  }

  const schedule = startSchedule(streams.length, options.requestsPerSecondPerTenant, fire);
  const tenantIds = options.tenants.map((tenant) => tenant.id);
  return {
    stats(sinceMs = 0) {
      const nowMs = Date.now();
      return {
        perSecond: perSecond(bySent, { sinceMs, nowMs, settleMs: timeLimitMs }),
        current: currentWindow(byEnded, tenantIds, { nowMs, windowMs }),
      };
    },
    ...schedule,
    async stop() {
      schedule.setRate(0);
      await Promise.all(underWay);
    },
  };
}
