import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { openTestRunbook } from '../../test/open-test-runbook.ts';
import { markdown } from '../../test/runbook.ts';

const child = fileURLToPath(new URL('../../test/runbook-child.ts', import.meta.url));
const db = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'tocsin-kill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'outage.md');

/** True when it was killed, false when it came through. */
async function liveAndDie(killAt: string): Promise<boolean> {
  const one = spawn(process.execPath, [child, db.url, file, killAt], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code, signal] = (await once(one, 'exit')) as [number | null, NodeJS.Signals | null];
  expect(code === 0 || signal === 'SIGKILL', `exit ${code}`).toBe(true);
  return signal === 'SIGKILL';
}

async function statusNow(): Promise<string> {
  const { rows } = await db.query<{ status: string }>(
    `select string_agg(status, ' ' order by seen_at) as status from runbook_versions where status <> 'superseded'`,
  );
  return rows[0]?.status ?? '';
}

it('killed -9 after every statement of an adoption: the next start takes the version, once', async () => {
  writeFileSync(file, markdown);
  await (await openTestRunbook(db, { file })).close();
  const found = new Set<string>();
  let deaths = 0;
  for (let n = 1, killed = true; killed; n += 1) {
    // Each life meets an edit of its own, a lower limit than the one before.
    writeFileSync(file, markdown.replace('(>5%)', `(>${(5 - n / 100).toFixed(2)}%)`));
    killed = await liveAndDie(`after:${n}`);
    deaths += Number(killed);
    found.add(await statusNow());
    const next = await openTestRunbook(db, { file });
    expect(next.current().markdown).toContain(`(>${(5 - n / 100).toFixed(2)}%)`);
    expect(next.state().standing).toBeNull();
    const { rows } = await db.query<{ taken: number }>(
      `select count(*) as taken from audit where action = 'runbook:taken' and subject = $1`,
      [`runbook/${next.current().plan.hash}`],
    );
    expect(rows).toEqual([{ taken: 1 }]);
    await next.close();
  }
  expect(deaths).toBeGreaterThan(8);
  expect([...found], 'no death fell between the offer and its adoption').toContain('in-use offered');
}, 300_000);
