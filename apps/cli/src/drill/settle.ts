import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@tocsin/contract';
import { closeIncident } from './account.ts';
import type { SandboxClient } from './sandbox-client.ts';
import { isWhole } from './wait-whole.ts';

interface SettleOptions {
  readonly sandbox: Pick<SandboxClient, 'status'>;
  readonly client: Client;
  /** Incidents from then on belong to the drill, epoch milliseconds. */
  readonly sinceMs: number;
  readonly stop: AbortSignal;
}

const lookEveryMs = 1000;
const limitMs = 150_000;

/**
 * A fault that is lifted is a change as well, and may harm: what comes of it belongs to the drill, which ends when the platform is whole and
 * quiet. Gives up after two and a half minutes; the next drill says what is missing.
 */
export async function settle({ sandbox, client, sinceMs, stop }: SettleOptions): Promise<void> {
  const endsAt = performance.now() + limitMs;
  while (performance.now() < endsAt && !stop.aborted) {
    const [platform, said] = await Promise.all([sandbox.status(), client.status()]);
    if (isWhole(platform) && said.verdict === 'quiet') return closeOpen(client, sinceMs);
    await sleep(lookEveryMs);
  }
}

async function closeOpen(client: Client, sinceMs: number): Promise<void> {
  const open = (await client.listIncidents('open')).filter((one) => Date.parse(one.detectedAt) >= sinceMs);
  for (const { id } of open) await closeIncident(client, await client.getIncident(id));
}
