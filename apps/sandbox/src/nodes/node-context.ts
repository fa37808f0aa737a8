import { recordEvent, timestamp, type KubeObject, type ObjectStore } from '#store';
import type { Gate } from './gate.ts';
import type { ImageTable } from './images.ts';

/** What a node works with, whatever its name. */
export interface NodeParts {
  store: ObjectStore;
  images: ImageTable;
  /** Directory of the sandbox for volumes and working directories. */
  stateDir: string;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** What everything on one node shares. */
export interface NodeContext extends NodeParts {
  nodeName: string;
  nodeIp: string;
  /** Closed while the node is frozen: nothing is probed, started, ended or reported. */
  gate: Gate;
  /** The next free pod address of this node. */
  takeIp(): string;
  releaseIp(ip: string): void;
}

/** An event of this node's kubelet about a pod, or about one of its containers. */
export function kubeletEvent(
  context: NodeContext,
  involved: KubeObject,
  what: { type: 'Normal' | 'Warning'; reason: string; message: string; container?: string },
): void {
  const { container, ...event } = what;
  recordEvent(context.store, {
    ...event,
    involved,
    fieldPath: container && `spec.containers{${container}}`,
    component: 'kubelet',
    host: context.nodeName,
    at: context.now(),
  });
}

/** The present instant as objects carry it. */
export function nowText(context: NodeContext): string {
  return timestamp(context.now());
}
