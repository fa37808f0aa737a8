import { spawnSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What one side did under load. `failed`: anything but 2xx and 3xx. */
export interface LoadResult {
  readonly generator: 'wrk' | 'node';
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
}

interface Line {
  requests: number;
  durationUs: number;
  failed: number;
  p50Us: number;
  p99Us: number;
}

const connections = Number(process.env['BENCH_CONNECTIONS'] ?? 16);
const hasWrk = spawnSync('wrk', ['--version']).error === undefined;

/** Loads `url`/api/data from a process of its own with as many requests as it answers, a token each, in rotation. Uses wrk when it is there. */
export async function runLoad(options: {
  url: string;
  tokensFile: string;
  seconds: number;
}): Promise<LoadResult> {
  const { url, tokensFile, seconds } = options;
  const [command, ...args] = hasWrk
    ? [
        'wrk',
        '-t1',
        `-c${connections}`,
        `-d${seconds}s`,
        '-s',
        file('rotate-tokens.lua'),
        url,
        '--',
        tokensFile,
      ]
    : [process.execPath, file('node-load.ts'), url, tokensFile, String(seconds), String(connections)];
  const child = spawn(command ?? '', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const output = await text(child.stdout);
  const line = output.split('\n').find((one) => one.startsWith('{'));
  if (line === undefined) throw new Error(`${command} printed no result:\n${output}`);
  const { requests, durationUs, failed, p50Us, p99Us }: Line = JSON.parse(line);
  return {
    generator: hasWrk ? 'wrk' : 'node',
    requestsPerSecond: (requests * 1e6) / durationUs,
    p50Ms: p50Us / 1000,
    p99Ms: p99Us / 1000,
    failed,
  };
}

function file(name: string): string {
  return join(import.meta.dirname, name);
}
