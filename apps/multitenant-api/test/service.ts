import { SignJWT } from 'jose';
import { pino } from 'pino';
import { createApp, type App } from '../src/app.ts';
import { readConfig, type Config } from '../src/config.ts';
import { prepare } from '../src/prepare.ts';
import type { TestPostgres } from './postgres.ts';

export const secret = 'a secret that is long enough for HS256';

/** The environment with which the service runs against `postgres`. */
export function environment(
  postgres: TestPostgres,
  overrides: Record<string, string> = {},
): Record<string, string> {
  return {
    HOST: '127.0.0.1',
    PORT: '0',
    PGHOST: '127.0.0.1',
    PGPORT: String(postgres.port),
    PGPASSWORD: 'limited-password',
    ADMIN_PGUSER: postgres.adminUser,
    ADMIN_PGPASSWORD: postgres.adminPassword,
    JWT_SECRET: secret,
    POD_NAME: 'api-test',
    ...overrides,
  };
}

/** A token for `tenant` as the service accepts it; `claims` and `options` bend it. */
export async function tokenFor(
  tenant: string,
  options: { key?: string; expires?: string; claims?: Record<string, unknown> } = {},
): Promise<string> {
  return new SignJWT({ tenant, role: 'member', ...options.claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('user-1')
    .setExpirationTime(options.expires ?? '10 minutes')
    .sign(new TextEncoder().encode(options.key ?? secret));
}

/** The service in this process, prepared and listening on a free port. */
export interface TestService {
  app: App;
  config: Config;
  /** Log lines so far, parsed. */
  lines: Record<string, unknown>[];
  ask(path: string, options?: RequestInit & { tenant?: string }): Promise<Response>;
  close(): Promise<void>;
}

/** Starts it against `postgres`; `overrides` are environment variables. */
export async function startService(
  postgres: TestPostgres,
  overrides: Record<string, string> = {},
): Promise<TestService> {
  const config = readConfig(environment(postgres, overrides));
  const lines: Record<string, unknown>[] = [];
  const sink = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const app = await createApp(
    config,
    pino({ level: 'debug', formatters: { level: (level) => ({ level }) } }, sink),
  );
  const url = await app.http.listen({ host: config.HOST, port: 0 });
  const stopping = new AbortController();
  await prepare(config, app, stopping.signal);
  return {
    app,
    config,
    lines,
    async ask(path, { tenant, ...options } = {}) {
      const headers = new Headers(options.headers);
      if (tenant !== undefined) headers.set('authorization', `Bearer ${await tokenFor(tenant)}`);
      if (options.body !== undefined) headers.set('content-type', 'application/json');
      return fetch(url + path, { ...options, headers });
    },
    async close() {
      stopping.abort();
      // As when leaving: an answer on its way closes its connection, which would otherwise keep the listener.
      app.lifecycle.drain();
      await app.http.close();
      await app.database.close().catch(() => {});
      await app.closeHelpers();
    },
  };
}
