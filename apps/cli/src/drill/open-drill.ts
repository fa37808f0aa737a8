import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Client } from '@tocsin/contract';
import { z } from 'zod';
import { isAlive } from '../up/state.ts';
import type { InjectedFault, SandboxClient } from './sandbox-client.ts';

const leftoverSchema = z.object({
  pid: z.number().int(),
  drillId: z.string(),
  faultId: z.string().nullable(),
  subject: z.string().nullable(),
});
type Leftover = z.infer<typeof leftoverSchema>;

export interface DrillPorts {
  readonly admin: Pick<Client, 'startDrill' | 'endDrill'>;
  readonly sandbox: Pick<SandboxClient, 'inject' | 'lift'>;
  /** Undoes what the response did to the platform, such as a cordon. */
  readonly restore: () => Promise<void>;
  /** Where a drill under way is written down, for the next one when this one is killed. */
  readonly file: string;
  readonly say: (text: string) => void;
}

export interface DrillStart {
  readonly name: string;
  readonly holdMs: number | null;
  readonly fault: string;
  readonly target: Readonly<Record<string, string>>;
}

/** A drill under way. Both ways out may be called again; each acts once. */
export interface OpenDrill {
  readonly id: string;
  readonly fault: InjectedFault;
  liftFault(): Promise<void>;
  /** Lifts the fault if it is still there and ends the drill. */
  close(): Promise<void>;
}

/** Marks the drill and injects its fault, after taking back what a killed drill left. A refused fault leaves no drill open. */
export async function openDrill(ports: DrillPorts, start: DrillStart): Promise<OpenDrill> {
  await closeLeftover(ports);
  const { admin, sandbox, say } = ports;
  const { id } = await admin.startDrill({
    name: start.name,
    injectedAt: new Date().toISOString(),
    holdMs: start.holdMs,
  });
  const left: Leftover = { pid: process.pid, drillId: id, faultId: null, subject: null };
  note(ports, left);
  const fault = await sandbox.inject(start.fault, start.target).catch(async (error: unknown) => {
    await takeBack(ports, left);
    throw error;
  });
  note(ports, { ...left, faultId: fault.id, subject: fault.subject });
  let lifted = false;
  let closed = false;
  const liftFault = async (): Promise<void> => {
    if (lifted) return;
    lifted = true;
    await sandbox.lift(fault.id);
    await ports.restore();
    say('fault lifted');
  };
  return {
    id,
    fault,
    liftFault,
    close: async () => {
      if (closed) return;
      closed = true;
      await liftFault();
      await takeBack(ports, left);
    },
  };
}

/** Ends what a drill that was killed has left open. Throws when that drill still runs. */
async function closeLeftover(ports: DrillPorts): Promise<void> {
  const left = readLeftover(ports.file);
  if (left === null) return;
  if (isAlive(left.pid))
    throw new Error(`a drill is under way (process ${left.pid}); one at a time: wait for it or end it`);
  ports.say(`taking back what an interrupted drill left (${left.subject ?? left.drillId})`);
  await takeBack(ports, left);
}

async function takeBack(ports: DrillPorts, left: Leftover): Promise<void> {
  const { admin, sandbox, restore } = ports;
  // Each may be gone already: a new sandbox knows no old fault, and a drill ends once.
  if (left.faultId !== null) await sandbox.lift(left.faultId).catch(() => {});
  if (left.subject !== null) await restore().catch(() => {});
  await admin.endDrill(left.drillId).catch((error: unknown) => {
    if (left.pid === process.pid) throw error;
  });
  rmSync(ports.file, { force: true });
}

function readLeftover(file: string): Leftover | null {
  try {
    return leftoverSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function note({ file }: DrillPorts, left: Leftover): void {
  writeFileSync(file, JSON.stringify(left), { mode: 0o600 });
}
