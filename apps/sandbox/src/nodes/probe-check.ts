import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import type { Container, IntOrString, Probe } from '#store';

/** Undefined when the probe succeeded, else why it failed, in the kubelet's words. */
export type ProbeFailure = string | undefined;

/** Runs one probe once against a container at `ip`. Never throws. */
export function checkProbe(probe: Probe, container: Container, ip: string): Promise<ProbeFailure> {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1_000;
  if (probe.httpGet !== undefined) return checkHttp(probe.httpGet, container, ip, timeoutMs);
  if (probe.tcpSocket !== undefined)
    return checkTcp(probe.tcpSocket.host ?? ip, portOf(probe.tcpSocket.port, container), timeoutMs);
  return Promise.resolve('this kind of probe is not implemented by the sandbox');
}

/** The number of a port given by number or by the container's name for it; NaN when there is none of that name. */
export function portOf(port: IntOrString, container: Container): number {
  const numeric = Number(port);
  if (!Number.isNaN(numeric)) return numeric;
  return container.ports?.find((candidate) => candidate.name === port)?.containerPort ?? Number.NaN;
}

async function checkHttp(
  get: NonNullable<Probe['httpGet']>,
  container: Container,
  ip: string,
  timeoutMs: number,
): Promise<ProbeFailure> {
  const { host = ip, path = '/', httpHeaders = [] } = get;
  const port = portOf(get.port, container);
  if (Number.isNaN(port)) return `couldn't find port: ${get.port}`;
  const own = Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value]));
  const headers = { 'user-agent': 'kube-probe/1.34', ...own };
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const request = http.get({ host, port, path, headers, signal, agent: false });
    // After the answer, too: its body may outlast the limit.
    request.on('error', () => undefined);
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    response.on('error', () => undefined).resume();
    const status = response.statusCode ?? 0;
    return status >= 200 && status < 400 ? undefined : `HTTP probe failed with statuscode: ${status}`;
  } catch (error) {
    const late = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
    const why = signal.aborted ? late : inKubeletWords(error as NodeJS.ErrnoException, host, port);
    return `Get "http://${host}:${port}${path}": ${why}`;
  }
}

async function checkTcp(host: string, port: number, timeoutMs: number): Promise<ProbeFailure> {
  const signal = AbortSignal.timeout(timeoutMs);
  const socket = net.connect({ host, port });
  socket.on('error', () => undefined);
  try {
    await once(socket, 'connect', { signal });
    return undefined;
  } catch (error) {
    const late = `dial tcp ${host}:${port}: i/o timeout`;
    return signal.aborted ? late : inKubeletWords(error as NodeJS.ErrnoException, host, port);
  } finally {
    socket.destroy();
  }
}

function inKubeletWords(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'ECONNREFUSED') return `dial tcp ${host}:${port}: connect: connection refused`;
  if (error.code === 'ECONNRESET') return `read tcp ${host}:${port}: read: connection reset by peer`;
  return error.message;
}
