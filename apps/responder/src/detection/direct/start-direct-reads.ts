import type { DirectRead, EpochMs, PodFact } from '#facts';
import type { RequestSender } from '../probe/send-request.ts';
import { podUrl } from './pod-url.ts';

/** Asks every pod itself whether it is ready (class D). */
export interface DirectReads {
  /** Last 90 s, newest first. */
  reads(): readonly DirectRead[];
  /** Asks all pods now, side by side, each within 1 s; false when a round is under way or was less than 1 s ago. */
  look(): Promise<boolean>;
  stop(): void;
}

export interface DirectReadOptions {
  readonly pods: () => readonly PodFact[];
  readonly port: number;
  readonly path: string;
  readonly sender: RequestSender;
  readonly now: () => EpochMs;
}

const keepMs = 90_000;
const limitMs = 1000;
const atRestMs = 10_000;
const shortestGapMs = 1000;

/** Reads each pod's readiness path every 10 s at rest, and whenever `look` is called. */
export function startDirectReads(options: DirectReadOptions): DirectReads {
  const { sender, now } = options;
  let reads: readonly DirectRead[] = [];
  let lastAt = -Infinity;
  let running = false;

  async function readPod(pod: PodFact): Promise<DirectRead | null> {
    const url = podUrl(pod, options.port, options.path);
    const { startedAt, outcome, status, durationMs } = await sender.send({ url, timeoutMs: limitMs });
    if (outcome === 'aborted') return null;
    return { at: startedAt, subject: `pod/${pod.name}`, nodeName: pod.nodeName, outcome, status, durationMs };
  }

  async function round(): Promise<void> {
    const pods = options.pods().filter((pod) => pod.podIp !== null && pod.phase === 'Running');
    const fresh = (await Promise.all(pods.map(readPod))).filter((one) => one !== null);
    reads = [...fresh, ...reads.filter((one) => one.at > now() - keepMs)];
  }

  async function look(): Promise<boolean> {
    if (running || now() - lastAt < shortestGapMs) return false;
    running = true;
    lastAt = now();
    await round().finally(() => {
      running = false;
    });
    return true;
  }

  const timer = setInterval(() => void look(), atRestMs).unref();
  return { reads: () => reads, look, stop: () => clearInterval(timer) };
}
