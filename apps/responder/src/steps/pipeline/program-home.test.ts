import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endOrphans, makeProgramHome } from './program-home.ts';

test('what a killed responder left running is ended, what a living one runs is not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-homes-'));
  const owner = spawn(process.execPath, ['-e', '']);
  await once(owner, 'exit');
  const deadHome = join(folder, `tocsin-steps-${owner.pid}-abc`);
  mkdirSync(deadHome);
  const livingHome = await makeProgramHome(folder);
  const [orphan, ours] = [deadHome, livingHome].map((HOME) =>
    spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => {}, 1000)'], {
      env: { HOME },
      detached: true,
    }),
  );
  if (orphan === undefined || ours === undefined) throw new Error('two children');
  await Promise.all([once(orphan.stdout, 'data'), once(ours.stdout, 'data')]);
  const gone = once(orphan, 'exit');
  expect(await endOrphans(folder)).toBe(1);
  expect(await gone).toEqual([null, 'SIGKILL']);
  expect([existsSync(deadHome), existsSync(livingHome), ours.exitCode, ours.signalCode]).toEqual([
    false,
    true,
    null,
    null,
  ]);
  ours.kill('SIGKILL');
  await once(ours, 'exit');
});
