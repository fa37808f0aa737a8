import type { FastifyInstance } from 'fastify';

/** Where spans go. Without a configured receiver nothing is loaded and nothing is recorded. */
export interface Tracing {
  /** Makes a span of each request of `app`; called before any other hook. */
  traceRequests(app: FastifyInstance): void;
  /** Runs `work` in a span of the database, named by its statement. */
  inDatabase<T>(operation: string, work: () => Promise<T>): Promise<T>;
  /** Sends what is left, for at most its own limit. Never rejects. */
  stop(): Promise<void>;
}

/** Records nothing. */
export const noTracing: Tracing = {
  traceRequests: () => {},
  inDatabase: (_operation, work) => work(),
  stop: async () => {},
};
