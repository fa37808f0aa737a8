import type { Container, Pod } from '#store';
import { kubeletEvent, type NodeContext } from './node-context.ts';

/** What a container's life depends on. */
export interface ContainerRunnerOptions {
  context: NodeContext;
  container: Container;
  podIp: string;
  /** The pod as it stands now. */
  pod(): Pod;
  /** Called after each change of `record`. */
  onChange(): void;
}

/** Writes an event of the kubelet about the container. */
export function say(
  { context, pod, container }: ContainerRunnerOptions,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  kubeletEvent(context, pod(), { type, reason, message, container: container.name });
}
