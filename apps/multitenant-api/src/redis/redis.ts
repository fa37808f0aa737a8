import type { Redis as Client } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { Breaker, type BreakerMode } from './breaker.ts';

const failuresToOpen = 3;
const logEveryMs = 5000;

/** Why Redis was of no use to a request. */
export type RedisMiss = 'failed' | 'not-asked';

/** Redis as a help that may be missing: nothing here rejects, nothing takes longer than `REDIS_TIMEOUT_MS`. */
export interface Redis {
  /** Runs commands; undefined when Redis did not answer in time, or was not asked because it has not answered lately. */
  ask<T>(work: (client: Client) => Promise<T>): Promise<T | undefined>;
  /** Round trip in milliseconds; undefined when it does not answer. Asks whatever the breaker says. */
  ping(): Promise<number | undefined>;
  mode(): BreakerMode;
  close(): void;
}

async function connect(config: Config, url: string): Promise<Client> {
  const { Redis: IoRedis } = await import('ioredis');
  return new IoRedis(url, {
    connectTimeout: 1000,
    commandTimeout: config.REDIS_TIMEOUT_MS,
    // A machine that vanished answers nothing, not even a reset: the connection is given up and made anew.
    socketTimeout: 2000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => config.REDIS_RETRY_MS,
    disableClientInfo: true,
  });
}

/** Tells a loss once in a while and a return once, not every attempt to reconnect. */
function logState(client: Client, log: Logger): void {
  let toldAt = Number.NEGATIVE_INFINITY;
  client.on('error', (error: Error) => {
    if (performance.now() - toldAt < logEveryMs) return;
    toldAt = performance.now();
    log.warn(
      { reason: error.message },
      'redis does not answer: serving without cache, limits count in this process',
    );
  });
  client.on('ready', () => {
    if (toldAt > 0) log.info('redis answers');
    toldAt = Number.NEGATIVE_INFINITY;
  });
}

/** Connects in the background. `onMiss` hears of each request that went without. */
export async function openRedis(
  config: Config,
  url: string,
  ports: { log: Logger; onMiss: (miss: RedisMiss) => void },
): Promise<Redis> {
  const client = await connect(config, url);
  logState(client, ports.log);
  const breaker = new Breaker({ failures: failuresToOpen, retryMs: config.REDIS_RETRY_MS });

  return {
    async ask(work) {
      if (!breaker.allows(Date.now())) {
        ports.onMiss('not-asked');
        return undefined;
      }
      try {
        const answer = await work(client);
        breaker.succeeded();
        return answer;
      } catch {
        breaker.failed(Date.now());
        ports.onMiss('failed');
        return undefined;
      }
    },
    async ping() {
      const startedAt = performance.now();
      try {
        await client.ping();
        return Math.round((performance.now() - startedAt) * 10) / 10;
      } catch {
        return undefined;
      }
    },
    mode: () => breaker.mode,
    close: () => client.disconnect(),
  };
}
