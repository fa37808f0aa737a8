import fs from 'node:fs/promises';
import path from 'node:path';
import { startOutside, type OutsideAddresses } from '@tocsin/outside';
import type { SandboxConfig } from './config.ts';
import { startSandbox, type Sandbox, type SandboxDescription, type SandboxStart } from './sandbox.ts';
import { readJson, writePrivate } from './state-files.ts';

const PORTS = { smtp: 1025, mailbox: 8025, traffic: 7071 };

/** What a running stage offers, as written to sandbox.json. */
export type StageDescription = SandboxDescription & OutsideAddresses;

/** A running stage. */
export interface Stage {
  description: StageDescription;
  /** Ends what is outside, then the cluster; the data stays. Safe to call twice. */
  stop(): Promise<void>;
}

/** Starts the cluster, then what is outside of it: its customers' traffic and a mail provider. */
export async function startStage(start: Omit<SandboxStart, 'addressSpace'>): Promise<Stage> {
  const { config } = start;
  const file = path.join(config.stateDir, 'sandbox.json');
  const previous = await readJson<StageDescription>(file);
  if (previous !== undefined && (await isSandbox(previous.pid))) {
    throw new Error(`--state-dir: ${config.stateDir} is in use by the sandbox with pid ${previous.pid}`);
  }
  const sandbox = await startSandbox({ ...start, addressSpace: previous?.addressSpace });
  try {
    const outside = await surround(sandbox, config);
    const description = { ...sandbox.description, ...outside.addresses };
    await writePrivate(file, `${JSON.stringify(description, undefined, 2)}\n`);
    const stop = () => outside.close().then(() => sandbox.stop());
    return { description, stop };
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
}

function surround({ description, host, tenants }: Sandbox, config: SandboxConfig) {
  const { ingressUrl, ingressHost } = description;
  return startOutside({
    host,
    ports: PORTS,
    traffic: {
      ingressUrl,
      host: ingressHost,
      tenants,
      requestsPerSecondPerTenant: config.requestsPerSecond,
      seed: 1,
    },
  });
}

/** Whether a process is a sandbox of ours; its number may have gone to another since. */
async function isSandbox(pid: number): Promise<boolean> {
  const command = await fs.readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return pid !== process.pid && command.includes('sandbox/src/main.ts');
}
