import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

const connections = Number(process.env['BENCH_CONNECTIONS'] ?? 64);

export interface VisitorLoad {
  readonly connections: number;
  readonly seconds: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
}

/** Visitors who ask again as soon as they are answered: wrk on one thread. */
export async function visit(url: string, seconds: number): Promise<VisitorLoad> {
  const headers = ['-H', 'accept-encoding: gzip, br', '-H', 'accept-language: de'];
  const wrk = spawn('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', ...headers, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  wrk.once('error', (error) => {
    throw new Error(`wrk: ${error.message}; expected it to be installed`, { cause: error });
  });
  const output = await text(wrk.stdout);
  const ofLine = (pattern: RegExp): string => pattern.exec(output)?.[1] ?? '0';
  return {
    connections,
    seconds,
    requestsPerSecond: Math.round(Number(ofLine(/Requests\/sec:\s+([\d.]+)/))),
    p50Ms: milliseconds(ofLine(/50%\s+(\S+)/)),
    p99Ms: milliseconds(ofLine(/99%\s+(\S+)/)),
    failed: Number(ofLine(/Non-2xx or 3xx responses: (\d+)/)),
  };
}

function milliseconds(said: string): number {
  const [, value = '0', unit = 'ms'] = /^([\d.]+)(us|ms|s)$/.exec(said) ?? [];
  return Math.round(Number(value) * ({ us: 0.001, ms: 1, s: 1000 }[unit] ?? 1) * 100) / 100;
}
