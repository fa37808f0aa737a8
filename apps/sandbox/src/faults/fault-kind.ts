import type { Reachability } from '#network';
import type { Kubelet } from '#nodes';
import type { ObjectStore } from '#store';

/** What faults act on. */
export interface FaultPorts {
  store: ObjectStore;
  kubelets: readonly Kubelet[];
  reach: Reachability;
}

/** Where a fault shall strike; what is left out is chosen. */
export interface FaultTarget {
  node?: string | undefined;
  /** `name` or `namespace/name`. */
  pod?: string | undefined;
  zone?: string | undefined;
  tenant?: string | undefined;
}

/** What an injection did, and how to undo it. */
export interface Injected {
  /** `node/node-b`, `pod/platform/name`, `deployment/multitenant-api`, `zone/zone-a`, `tenant/acme`. */
  subject: string;
  /** What was done, in words and numbers. */
  done: Record<string, unknown>;
  /** Undoes it and says what that was. Safe to call when the subject is gone. */
  lift(): Record<string, unknown> | Promise<Record<string, unknown>>;
}

/** One kind of fault. Throws a `FaultRefused` when it cannot strike there. */
export interface FaultKind {
  kind: string;
  description: string;
  /** The one thing that may be named as its target; without it the fault takes none. */
  takes?: keyof FaultTarget;
  /** Why this machine cannot have the fault; undefined where it can. */
  unsupported?(ports: FaultPorts): string | undefined;
  inject(ports: FaultPorts, target: FaultTarget): Injected | Promise<Injected>;
}

/** A fault that cannot be had: 400 for a wrong wish, 404 for a subject that does not exist, 409 for a wrong moment. */
export class FaultRefused extends Error {
  readonly code: 400 | 404 | 409;

  constructor(code: 400 | 404 | 409, message: string) {
    super(message);
    this.name = 'FaultRefused';
    this.code = code;
  }
}
