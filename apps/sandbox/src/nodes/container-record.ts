import type { ContainerState } from '#store';
import type { LogBuffer } from './log-buffer.ts';

/** What a node knows of one container; the pod's status is computed from it. */
export interface ContainerRecord {
  name: string;
  image: string;
  containerId: string | undefined;
  state: ContainerState;
  lastState: ContainerState;
  ready: boolean;
  started: boolean;
  restartCount: number;
  log: LogBuffer | undefined;
  previousLog: LogBuffer | undefined;
}

/** A container that waits to be made. */
export function newContainerRecord(name: string, image: string): ContainerRecord {
  return {
    name,
    image,
    containerId: undefined,
    state: { waiting: { reason: 'ContainerCreating' } },
    lastState: {},
    ready: false,
    started: false,
    restartCount: 0,
    log: undefined,
    previousLog: undefined,
  };
}
