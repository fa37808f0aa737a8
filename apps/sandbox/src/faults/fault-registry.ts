import { randomUUID } from 'node:crypto';
import {
  FaultRefused,
  type FaultKind,
  type FaultPorts,
  type FaultTarget,
  type Injected,
} from './fault-kind.ts';
import { nodeFrozen } from './node-frozen.ts';
import { podFrozen } from './pod-frozen.ts';
import { podKilled } from './pod-killed.ts';

const KINDS: readonly FaultKind[] = [nodeFrozen, podFrozen, podKilled];

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

  kinds(): { kind: string; description: string }[] {
    return KINDS.map(({ kind, description }) => ({ kind, description }));
  }

  active(): ActiveFault[] {
    return [...this.#active.values()].map(({ fault }) => fault);
  }

  /** Strikes. Throws `FaultRefused` for an unknown kind or a target that cannot be struck. */
  inject(kind: string, target: FaultTarget): ActiveFault {
    const found = KINDS.find((candidate) => candidate.kind === kind);
    if (found === undefined) {
      const known = KINDS.map((candidate) => candidate.kind).join(', ');
      throw new FaultRefused(404, `fault: ${JSON.stringify(kind)} is not known; expected one of ${known}`);
    }
    const injectedAt = new Date().toISOString();
    const injected = found.inject(this.#ports, target);
    const fault = { id: randomUUID(), kind, subject: injected.subject, injectedAt, done: injected.done };
    this.#active.set(fault.id, { fault, injected });
    return fault;
  }

  /** Undoes a fault and says what was done for it. */
  lift(id: string): ActiveFault & { liftedAt: string; undone: Record<string, unknown> } {
    const found = this.#active.get(id);
    if (found === undefined)
      throw new FaultRefused(404, `fault: no fault with id ${JSON.stringify(id)} is in force`);
    this.#active.delete(id);
    const undone = found.injected.lift();
    return { ...found.fault, liftedAt: new Date().toISOString(), undone };
  }

  liftAll(): void {
    for (const id of [...this.#active.keys()].toReversed()) this.lift(id);
  }
}
