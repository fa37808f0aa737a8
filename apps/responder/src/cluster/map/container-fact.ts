import type { ContainerFact, Termination } from '#facts';
import { memoryBytes } from './memory-quantity.ts';
import { toEpochMs } from './object-shape.ts';

interface WireTerminated {
  readonly reason?: string;
  readonly exitCode?: number;
  readonly finishedAt?: string | null;
}

interface WireState {
  readonly waiting?: { readonly reason?: string; readonly message?: string } | null;
  readonly running?: object | null;
  readonly terminated?: WireTerminated | null;
}

/** The part of a pod's spec that one container has. */
export interface WireContainer {
  readonly name: string;
  readonly image?: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort?: number }[];
  readonly resources?: { readonly limits?: { readonly memory?: string } };
}

/** The part of a pod's status that one container has. */
export interface WireContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
  readonly state?: WireState;
  readonly lastState?: WireState;
}

function terminationOf(terminated: WireTerminated | null | undefined): Termination | null {
  if (terminated === null || terminated === undefined) return null;
  const { reason = '', exitCode = 0 } = terminated;
  return { reason, exitCode, finishedAt: toEpochMs(terminated.finishedAt) };
}

function stateOf({
  running,
  terminated,
  waiting,
}: WireState): Pick<ContainerFact, 'state' | 'reason' | 'message'> {
  if (running) return { state: 'running', reason: null };
  if (terminated) return { state: 'terminated', reason: terminated.reason ?? null };
  return { state: 'waiting', reason: waiting?.reason ?? null, message: waiting?.message ?? null };
}

/** One container; `lastTermination` is the newest end, be it the present state or the one before. */
export function containerFact(
  container: WireContainer,
  status: WireContainerStatus = { name: container.name },
): ContainerFact {
  const { image = '', ports = [] } = container;
  const { restartCount = 0, state = {}, lastState = {} } = status;
  return {
    name: container.name,
    image,
    restartCount,
    ...stateOf(state),
    lastTermination: terminationOf(state.terminated) ?? terminationOf(lastState.terminated),
    memoryLimitBytes: memoryBytes(container.resources?.limits?.memory),
    ports: ports.flatMap((port) => port.containerPort ?? []),
    portNames: ports.flatMap((port) => port.name ?? []),
  };
}
