import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { createApi } from '../../responder/src/api/create-api.ts';
import { createStage, type Stage } from '../../responder/src/api/fixtures/stage.ts';
import {
  forgetIncidents,
  startFixtureDatabase,
} from '../../responder/src/api/fixtures/start-fixture-database.ts';
import { createLoginLink } from '../../responder/src/api/login-link.ts';

/** The built console, served by the real API over the real core and a real database. */
export interface ServedStage {
  readonly url: string;
  readonly stage: Stage;
  loginLink(person: string): Promise<string>;
  expireLinks(): Promise<void>;
  /** Stops answering on the port, and answers again. */
  away(): Promise<void>;
  back(): Promise<void>;
  forget(): Promise<void>;
  stop(): Promise<void>;
}

/** `intake` is that part of the configuration. */
export async function serveStage(intake: object = {}): Promise<ServedStage> {
  const consoleDir = await buildConsole();
  const { database, stop } = await startFixtureDatabase();
  const stage = await createStage(database, intake);
  const start = async (port: number) => {
    const options = { version: '0.1.0', startedAt: Date.now(), consoleDir, publicUrl: 'http://127.0.0.1' };
    const app = await createApi(stage.ports, { ...options, statusEveryMs: 500 });
    return { app, url: await app.listen({ host: '127.0.0.1', port }) };
  };
  let { app, url } = await start(0);
  return {
    url,
    stage,
    loginLink: (person) => createLoginLink(database, person, url),
    expireLinks: async () => {
      await database.query("update login_links set expires_at = clock_timestamp() - interval '1 second'");
    },
    away: () => app.close(),
    back: async () => {
      ({ app, url } = await start(Number(new URL(url).port)));
    },
    forget: () => forgetIncidents(database),
    stop: async () => {
      await app.close();
      await stage.close();
      await stop();
      rmSync(consoleDir, { recursive: true });
    },
  };
}

/** In a folder of its own: test files run side by side. */
async function buildConsole(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'tocsin-console-'));
  const root = fileURLToPath(new URL('..', import.meta.url));
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  if (!existsSync(join(outDir, 'index.html')))
    throw new Error(`${outDir}: no index.html; expected the built console`);
  return outDir;
}
