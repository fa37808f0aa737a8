import path from 'node:path';
import { parseArgs } from 'node:util';

/** How a sandbox is to run. */
export interface SandboxConfig {
  /** Holds the platform's data, secrets and addresses between starts. */
  stateDir: string;
  /** Age of a lease after which a node is unknown. Kubernetes: 40 s. */
  nodeMonitorGraceMs: number;
  /** Between looks at the leases. Kubernetes: 5 s. */
  nodeMonitorPeriodMs: number;
  /** Between lease renewals. Kubernetes: 10 s. */
  heartbeatMs: number;
  /** Overrides how long pods tolerate a lost node (300 s by default); undefined leaves what they say. */
  podEvictionAfterMs: number | undefined;
  /** Requests a second of each tenant; 0 starts without traffic. */
  requestsPerSecond: number;
  /** How long the platform may take to become ready before the start fails. */
  readyWithinMs: number;
}

const USAGE = `usage: main.ts --state-dir DIR [options]
  --fast                 timings of nodes about ten times shorter than Kubernetes' own
  --node-grace-ms N      age of a node's lease after which it is unknown (default 40000)
  --node-period-ms N     between looks at the leases (default 5000)
  --heartbeat-ms N       between lease renewals (default 10000)
  --evict-after-ms N     how long pods tolerate a lost node (default: what they say, 300000)
  --rate N               requests a second of each tenant, 0 for none (default 4)
  --ready-within-ms N    limit for the start (default 60000)`;

const number = { type: 'string' } as const;

/** Reads the command line. Throws an error that names the option, its value and what was expected. */
export function parseConfig(argv: readonly string[]): SandboxConfig {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      'state-dir': { type: 'string' },
      fast: { type: 'boolean', default: false },
      'node-grace-ms': number,
      'node-period-ms': number,
      'heartbeat-ms': number,
      'evict-after-ms': number,
      rate: number,
      'ready-within-ms': number,
    },
  });
  const stateDir = values['state-dir'];
  if (stateDir === undefined) throw new Error(`--state-dir: missing; expected a directory\n${USAGE}`);
  const fast = values.fast;
  return {
    stateDir: path.resolve(stateDir),
    nodeMonitorGraceMs: amount('node-grace-ms', values['node-grace-ms']) ?? (fast ? 4_000 : 40_000),
    nodeMonitorPeriodMs: amount('node-period-ms', values['node-period-ms']) ?? (fast ? 500 : 5_000),
    heartbeatMs: amount('heartbeat-ms', values['heartbeat-ms']) ?? (fast ? 1_000 : 10_000),
    podEvictionAfterMs: amount('evict-after-ms', values['evict-after-ms']) ?? (fast ? 5_000 : undefined),
    requestsPerSecond: amount('rate', values.rate) ?? 4,
    readyWithinMs: amount('ready-within-ms', values['ready-within-ms']) ?? 60_000,
  };
}

function amount(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new Error(`--${option}: ${JSON.stringify(text)}; expected a number of at least 0`);
}
