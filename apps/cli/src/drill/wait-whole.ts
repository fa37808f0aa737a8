import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@tocsin/contract';
import type { SandboxClient, SandboxStatus } from './sandbox-client.ts';

const lookEveryMs = 1000;

/** Whether the platform is as before any fault: all there, all ready, nothing on its way out, no fault in force. Pure. */
export function isWhole({ ready, nodes, pods, faults }: SandboxStatus): boolean {
  return (
    ready &&
    faults.length === 0 &&
    nodes.every((node) => node.ready === 'True' && !node.unschedulable) &&
    pods.every((pod) => pod.ready === 'True' && !pod.terminating)
  );
}

export interface WaitOptions {
  readonly sandbox: Pick<SandboxClient, 'status'>;
  readonly client: Client;
  readonly limitMs: number;
  readonly stop: AbortSignal;
}

/** Waits until the platform is whole and the responder says that all is quiet. Throws, with what is missing, after the limit. */
export async function waitWhole({ sandbox, client, limitMs, stop }: WaitOptions): Promise<void> {
  const endsAt = performance.now() + limitMs;
  for (;;) {
    const [status, said] = await Promise.all([sandbox.status(), client.status()]);
    const judged = said.tenants.some((one) => one.judged);
    if (isWhole(status) && said.verdict === 'quiet' && judged && said.openIncidents.length === 0) return;
    if (stop.aborted) throw new Error('stopped while waiting for a whole platform');
    if (performance.now() > endsAt)
      throw new Error(
        `the platform is not whole again after ${limitMs / 1000} s: ${missing(status)}; the responder says ${said.verdict} (${said.reason}), ${said.openIncidents.length} open incidents`,
      );
    await sleep(lookEveryMs);
  }
}

function missing({ nodes, pods, faults }: SandboxStatus): string {
  const words = [
    ...faults.map((one) => `fault ${one.kind} in force`),
    ...nodes.filter((one) => one.ready !== 'True' || one.unschedulable).map((one) => `${one.name} not whole`),
    ...pods.filter((one) => one.ready !== 'True' || one.terminating).map((one) => `${one.name} not ready`),
  ];
  return words.join(', ') || 'nothing is missing';
}
