import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { freePort } from '../src/platform/own-database-postmaster.ts';
import { createDatabase, createLogger } from '../src/platform/index.ts';
import { freshDatabase } from './database.ts';
import { startMailServer } from './mail-server.ts';
import { startHealthyService, startWholeResponder } from './whole-responder.ts';

const folder = mkdtempSync(join(tmpdir(), 'watch-each-other-'));
chmodSync(folder, 0o700);
const secretFile = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
};
const tokenFile = secretFile('token', randomBytes(16).toString('hex'));
const service = await startHealthyService();
const mail = { one: await startMailServer(), other: await startMailServer() };
const databases = { one: await freshDatabase(), other: await freshDatabase() };
const ports = { one: await freePort(), other: await freePort() };

type Name = keyof typeof ports;

/** Each sends its signs of life to the other, and expects the other's. */
const watching = (own: Name, its: Name): Promise<Awaited<ReturnType<typeof startWholeResponder>>> =>
  startWholeResponder(
    { folder, databaseUrl: databases[own].url, smtpUrl: mail[own].url, probeUrl: service.url },
    {
      name: own,
      port: ports[own],
      more: {
        watchdog: {
          heartbeat: {
            url: { file: secretFile(`${own}.url`, `http://127.0.0.1:${ports[its]}/intake/heartbeat/${own}`) },
            token: { file: tokenFile },
            everySeconds: 5,
          },
        },
        intake: {
          heartbeats: [{ name: its, intervalMs: 5000, graceMs: 15_000, severity: 'P0', tokenFile }],
        },
      },
    },
  );
const responders = { one: await watching('one', 'other'), other: await watching('other', 'one') };

afterAll(async () => {
  for (const one of Object.values(responders)) await one.kill();
  for (const one of Object.values(mail)) await one.close();
  service.close();
  rmSync(folder, { recursive: true });
});

test('of two responders that watch each other, the one that is left pages about the one that died', async () => {
  const db = createDatabase(databases.other.url, {
    connections: 1,
    log: createLogger({ level: 'silent' }),
  });
  await vi.waitFor(async () => {
    const { rows } = await db.query(`select name from heartbeats`);
    expect(rows).toEqual([{ name: 'one' }]);
  }, 30_000);
  expect(mail.other.received).toEqual([]);

  await responders.one.kill();
  await vi.waitFor(() => expect(mail.other.received[0]?.raw).toContain('one'), 60_000);
  await db.close();
  expect(mail.one.received).toEqual([]);
});
