import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepAlive, restartDelayMs } from './keep-alive.ts';

describe('restartDelayMs', () => {
  it('is at once the first time, then grows to 5 s', () => {
    expect([0, 1, 2, 3, 4, 5, 9].map(restartDelayMs)).toEqual([0, 500, 1000, 2000, 4000, 5000, 5000]);
  });
});

describe('keepAlive', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-keep-alive-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const child = (text: string) => {
    const entry = join(folder, 'child.ts');
    writeFileSync(entry, text);
    return { name: 'child', entry, args: [], logFile: join(folder, 'child.log'), onProgress: () => {} };
  };

  it('starts a killed process again and keeps what it printed', async () => {
    const pids: number[] = [];
    const options = child(
      `console.log(JSON.stringify({ event: 'ready', pid: process.pid })); process.stdin.on('end', () => process.exit(0)).resume();`,
    );
    const back = Promise.withResolvers<void>();
    const supervised = await keepAlive({
      ...options,
      onStarted: (pid, ready) => {
        if (ready) pids.push(pid);
        if (pids.length === 2) back.resolve();
      },
    });
    expect(supervised.firstReady['pid']).toBe(pids[0]);
    process.kill(supervised.pid(), 'SIGKILL');
    await back.promise;
    expect(supervised.pid()).toBe(pids[1]);
    await supervised.stop();
    expect(() => process.kill(pids[1] ?? -1, 0)).toThrow('ESRCH');
    expect(readFileSync(options.logFile, 'utf8').match(/"event":"ready"/g)).toHaveLength(2);
  });

  it('says why a process did not start, with the end of its log', async () => {
    await expect(
      keepAlive(child(`process.stderr.write('the port is taken\\n'); process.exit(3);`)),
    ).rejects.toThrow(/child ended before it was ready \(exit 3\).*\n.*the port is taken/s);
  });
});
