import type { PoolClient } from 'pg';
import type { Config } from '../config.ts';

/** The server cancels a statement by itself; one that has not even done that by now does not answer. */
const graceMs = 250;

/** A watch over a connection that waits for its server. */
export interface SilenceWatch {
  /** The server has answered: the time starts anew. */
  heard(): void;
  end(): void;
  /** The error as it was, or that the server was silent for too long. */
  explain(error: unknown): unknown;
}

/**
 * Breaks a connection whose server is silent for longer than `QUERY_TIMEOUT_MS` and a grace, so that its query fails. `query_timeout` of
 * pg does the same, but ties each query to the next one: what one leaves behind then lives until a full collection, 10 KB a request.
 */
export function watchSilence(client: PoolClient, config: Config): SilenceWatch {
  let silent = false;
  const timer = setTimeout(() => {
    silent = true;
    // With a query in flight it does not wait for the server.
    void client.end();
  }, config.QUERY_TIMEOUT_MS + graceMs);
  return {
    heard: () => void timer.refresh(),
    end: () => clearTimeout(timer),
    explain: (error) => (silent ? new Error('Query read timeout', { cause: error }) : error),
  };
}
