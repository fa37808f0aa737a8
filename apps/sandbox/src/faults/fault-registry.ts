import { randomUUID } from 'node:crypto';
import {
  FaultRefused,
  type FaultKind,
  type FaultPorts,
  type FaultTarget,
  type Injected,
} from './fault-kind.ts';
import { FAULT_KINDS } from './kinds.ts';

/** A fault that is in force. */
export interface ActiveFault {
  id: string;
  kind: string;
  subject: string;
  /** RFC 3339 with milliseconds. */
  injectedAt: string;
  done: Record<string, unknown>;
}

/** Injects faults and lifts them, the latest first when all are lifted. */
export class FaultRegistry {
  readonly #ports: FaultPorts;
  readonly #active = new Map<string, { fault: ActiveFault; injected: Injected }>();

  constructor(ports: FaultPorts) {
    this.#ports = ports;
  }

  /** Every kind, with why this machine cannot have it where it cannot. */
  kinds(): {
    kind: string;
    description: string;
    takes?: keyof FaultTarget | undefined;
    unsupported?: string | undefined;
  }[] {
    return FAULT_KINDS.map(({ kind, description, takes, unsupported }) => {
      return { kind, description, takes, unsupported: unsupported?.(this.#ports) };
    });
  }

  active(): ActiveFault[] {
    return [...this.#active.values()].map(({ fault }) => fault);
  }

  /** Strikes. Throws `FaultRefused` for an unknown kind, one that this machine cannot have, or a target that cannot be struck. */
  async inject(kind: string, target: FaultTarget): Promise<ActiveFault> {
    const found = FAULT_KINDS.find((candidate) => candidate.kind === kind);
    if (found === undefined) {
      const known = FAULT_KINDS.map((candidate) => candidate.kind).join(', ');
      throw new FaultRefused(404, `fault: ${JSON.stringify(kind)} is not known; expected one of ${known}`);
    }
    checkTarget(found, target);
    const unsupported = found.unsupported?.(this.#ports);
    if (unsupported !== undefined)
      throw new FaultRefused(409, `fault: ${kind}: unsupported here: ${unsupported}`);
    const injectedAt = new Date().toISOString();
    const injected = await found.inject(this.#ports, target);
    const fault = { id: randomUUID(), kind, subject: injected.subject, injectedAt, done: injected.done };
    this.#active.set(fault.id, { fault, injected });
    return fault;
  }

  /** Undoes a fault and says what was done for it. */
  async lift(id: string): Promise<ActiveFault & { liftedAt: string; undone: Record<string, unknown> }> {
    const found = this.#active.get(id);
    if (found === undefined)
      throw new FaultRefused(404, `fault: no fault with id ${JSON.stringify(id)} is in force`);
    this.#active.delete(id);
    const undone = await found.injected.lift();
    return { ...found.fault, liftedAt: new Date().toISOString(), undone };
  }

  async liftAll(): Promise<void> {
    for (const id of [...this.#active.keys()].toReversed()) await this.lift(id);
  }
}

function checkTarget({ kind, takes }: FaultKind, target: FaultTarget): void {
  const wrong = Object.entries(target).find(([part, value]) => value !== undefined && part !== takes)?.[0];
  const takesWhat = takes === undefined ? 'no target' : `a ${takes}`;
  if (wrong !== undefined) throw new FaultRefused(400, `${wrong}: not expected; ${kind} takes ${takesWhat}`);
}
