import { once } from 'node:events';
import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, getCACertificates, type TLSSocket } from 'node:tls';
import type { Asking } from './check.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Lets go of the socket at the time limit; a late error of it is nobody's. */
function bound<T extends Socket>(socket: T, signal: AbortSignal): T {
  socket.on('error', () => {});
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  return socket;
}

/** A new TCP connection. Rejects with the network's error, or when `signal` aborts. */
export async function openSocket({ host, port }: Address, { signal, reached }: Asking): Promise<Socket> {
  const socket = bound(connectSocket({ host, port, noDelay: true }), signal);
  await once(socket, 'connect', { signal });
  reached('connected');
  return socket;
}

/** A new TLS connection; one to a name asks for it (SNI). Rejects as `openSocket` does, or when the handshake fails. */
export async function openTls(
  address: Address,
  asking: Asking,
  options: Pick<ConnectionOptions, 'servername' | 'ca' | 'rejectUnauthorized'> = {},
): Promise<TLSSocket> {
  const plain = await openSocket(address, asking);
  const servername = options.servername ?? address.host;
  const name = isIP(servername) === 0 ? { servername } : { host: servername };
  const socket = bound(connectTls({ ...options, ...name, socket: plain }), asking.signal);
  await once(socket, 'secureConnect', { signal: asking.signal });
  return socket;
}

/** Options that trust an authority (PEM) besides those of the machine; null: those alone. */
export function trusting(ca: string | null): Pick<ConnectionOptions, 'ca'> {
  return ca === null ? {} : { ca: [...getCACertificates('default'), ca] };
}
