import type { Registry } from 'prom-client';
import type { Database, Logger } from '#platform';
import { post } from '../http/post.ts';
import { whyPagerIsIll } from './judge-pager.ts';
import { registerPagerMetrics } from './pager-metrics.ts';
import { queueSyntheticPage, readSyntheticPage } from './synthetic-pages.ts';
import type { WatchdogConfig } from './watchdog-config.ts';

export interface WatchdogOptions {
  readonly db: Database;
  readonly config: WatchdogConfig;
  readonly metrics: Registry;
  readonly log: Logger;
}

/** The period of synthetic pages is looked at as often. */
const lookMs = 10_000;

/**
 * Someone pages about the pager: a synthetic page each period, its latency on `/metrics`, and a heartbeat to a URL that stops when
 * pages no longer get through, or nobody is left to send it. Resolves after the first look.
 */
export async function startWatchdog({
  db,
  config,
  metrics,
  log,
}: WatchdogOptions): Promise<{ stop(): void }> {
  const everyMs = config.everyMinutes * 60_000;
  const stopped = new AbortController();
  registerPagerMetrics(metrics, { db, everyMs });
  const look = async (): Promise<void> => {
    try {
      await queueSyntheticPage(db, everyMs);
    } catch (error) {
      log.warn({ err: error }, 'the synthetic page could not be queued');
    }
  };
  await look();
  const timers = [setInterval(() => void look(), lookMs)];
  const { heartbeat } = config;
  if (heartbeat !== undefined) {
    const beat = (): void =>
      void sendBeat({ db, heartbeat, everyMs, log }, stopped.signal).catch((error: unknown) =>
        log.warn({ err: error }, 'no heartbeat: the database does not answer'),
      );
    beat();
    timers.push(setInterval(beat, heartbeat.everySeconds * 1000));
  }
  return {
    stop: () => {
      for (const timer of timers) clearInterval(timer);
      stopped.abort(new Error('the responder stops'));
    },
  };
}

interface Beating {
  readonly db: Database;
  readonly heartbeat: NonNullable<WatchdogConfig['heartbeat']>;
  readonly everyMs: number;
  readonly log: Logger;
}

async function sendBeat({ db, heartbeat, everyMs, log }: Beating, signal: AbortSignal): Promise<void> {
  const { last, now } = await readSyntheticPage(db);
  const ill = whyPagerIsIll(last, everyMs, now);
  if (ill !== null) {
    log.error({ because: ill }, 'no heartbeat: pages do not get through');
    return;
  }
  const { url, token } = heartbeat;
  const headers = {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const answer = await post({ url, headers, body: '{}' }, signal);
  if (signal.aborted) return;
  if (answer.kind === 'silent') log.warn({ because: answer.reason }, 'the heartbeat was not answered');
  else if (answer.status > 299) log.warn({ status: answer.status }, 'the heartbeat was refused');
}
