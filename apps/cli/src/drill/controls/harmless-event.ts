import type { Kubernetes } from '../kubernetes.ts';
import type { SandboxClient } from '../sandbox-client.ts';

/** What harmless events act on. */
export interface EventPorts {
  readonly kubernetes: Kubernetes;
  readonly sandbox: Pick<SandboxClient, 'inject' | 'lift' | 'status'>;
  readonly namespace: string;
  readonly deployment: string;
}

/** Something that happens to a healthy platform every day. */
export interface HarmlessEvent {
  readonly kind: string;
  /** Does it and returns its subject; what takes time goes on by itself until `signal` aborts. */
  begin(ports: EventPorts, signal: AbortSignal): Promise<string>;
  /** Puts back what it changed; may be called again, and by another process. */
  undo(ports: EventPorts): Promise<void>;
}

export const nothingToUndo = async (): Promise<void> => {};
