import path from 'node:path';
import { parseArgs } from 'node:util';

/** How a sandbox is to run. */
export interface SandboxConfig {
  /** Holds the platform's data, secrets and addresses between starts. */
  stateDir: string;
  /** Age of a lease after which a node is unknown. Kubernetes 1.32 and later: 50 s. */
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
  --node-grace-ms N      age of a node's lease after which it is unknown (default 50000)
  --heartbeat-ms N       between lease renewals (default 10000)
  --evict-after-ms N     how long pods tolerate a lost node (default: what they say, 300000)
  --rate N               requests a second of each tenant, 0 for none (default 4)
  --ready-within-ms N    limit for the start (default 60000)`;

/** The defaults of Kubernetes 1.32 and later. */
const KUBERNETES = {
  nodeMonitorGraceMs: 50_000,
  nodeMonitorPeriodMs: 5_000,
  heartbeatMs: 10_000,
  podEvictionAfterMs: undefined,
};

const FAST = {
  nodeMonitorGraceMs: 4_000,
  nodeMonitorPeriodMs: 500,
  heartbeatMs: 1_000,
  podEvictionAfterMs: 5_000,
};

const NUMBERS = ['node-grace-ms', 'heartbeat-ms', 'evict-after-ms', 'rate', 'ready-within-ms'] as const;
type NumberOption = (typeof NUMBERS)[number];

/** Reads the command line. Throws an error that names the option, its value and what was expected. */
export function parseConfig(argv: readonly string[]): SandboxConfig {
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, { type: 'string' } as const]));
  const { values } = parseArgs({
    args: [...argv],
    options: {
      'state-dir': { type: 'string' },
      fast: { type: 'boolean', default: false },
      ...(numbers as Record<NumberOption, { type: 'string' }>),
    },
  });
  const stateDir = values['state-dir'];
  if (stateDir === undefined) throw new Error(`--state-dir: missing; expected a directory\n${USAGE}`);
  const base = values.fast ? FAST : KUBERNETES;
  const given = <T>(option: NumberOption, otherwise: T) => amount(option, values[option], otherwise);
  return {
    stateDir: path.resolve(stateDir),
    nodeMonitorGraceMs: given('node-grace-ms', base.nodeMonitorGraceMs),
    nodeMonitorPeriodMs: base.nodeMonitorPeriodMs,
    heartbeatMs: given('heartbeat-ms', base.heartbeatMs),
    podEvictionAfterMs: given('evict-after-ms', base.podEvictionAfterMs),
    requestsPerSecond: given('rate', 4),
    readyWithinMs: given('ready-within-ms', 60_000),
  };
}

function amount<T>(option: string, text: string | undefined, otherwise: T): number | T {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new Error(`--${option}: ${JSON.stringify(text)}; expected a number of at least 0`);
}
