import type { Container, Pod } from '#store';
import type { NodeContext } from './node-context.ts';

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
