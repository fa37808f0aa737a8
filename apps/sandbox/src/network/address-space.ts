import net from 'node:net';
import { listening } from './listening.ts';

/** Port that a running sandbox holds on its first address, so that no two take the same range. */
const CLAIM_PORT = 6440;
const FIRST = 16;
const LAST = 250;

/** A loopback range 127.X.0.0/16 that belongs to one sandbox until `release`. */
export interface AddressSpace {
  /** The X of 127.X.0.0/16. */
  readonly id: number;
  /** Address of the control plane: API server, ingress, mailbox and fault control listen here. */
  readonly controlIp: string;
  nodeIp(nodeIndex: number): string;
  podIp(nodeIndex: number, n: number): string;
  serviceIp(n: number): string;
  release(): Promise<void>;
}

/**
 * Claims the first free range 127.X.0.0/16 (X from 16 to 250), the preferred one first, by binding a port on it.
 * Throws when every range is taken.
 */
export async function claimAddressSpace(preferredId?: number): Promise<AddressSpace> {
  for (const id of candidates(preferredId)) {
    const holder = await tryBind(`127.${id}.0.1`);
    if (holder !== undefined) return addressSpace(id, holder);
  }
  throw new Error(`network: no free loopback range 127.${FIRST}.0.0/16 .. 127.${LAST}.0.0/16 is left`);
}

function candidates(preferredId: number | undefined): number[] {
  const all = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i);
  return preferredId === undefined ? all : [preferredId, ...all.filter((id) => id !== preferredId)];
}

async function tryBind(host: string): Promise<net.Server | undefined> {
  const server = net.createServer((socket) => socket.destroy());
  try {
    await listening(server, host, CLAIM_PORT);
    return server.unref();
  } catch {
    return undefined;
  }
}

function addressSpace(id: number, holder: net.Server): AddressSpace {
  return {
    id,
    controlIp: `127.${id}.0.1`,
    nodeIp: (nodeIndex) => `127.${id}.0.${nodeIndex + 11}`,
    podIp: (nodeIndex, n) => `127.${id}.${nodeIndex + 1}.${n}`,
    serviceIp: (n) => `127.${id}.200.${n}`,
    release: () => new Promise((resolve) => holder.close(() => resolve())),
  };
}
