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

function checkHttp(
  get: NonNullable<Probe['httpGet']>,
  container: Container,
  ip: string,
  timeoutMs: number,
): Promise<ProbeFailure> {
  const host = get.host ?? ip;
  const port = portOf(get.port, container);
  const path = get.path ?? '/';
  const url = `http://${host}:${port}${path}`;
  if (Number.isNaN(port)) return Promise.resolve(`couldn't find port: ${get.port}`);
  return new Promise((resolve) => {
    const headers = Object.fromEntries((get.httpHeaders ?? []).map(({ name, value }) => [name, value]));
    const request = http.get({
      host,
      port,
      path,
      headers: { 'user-agent': 'kube-probe/1.34', ...headers },
      agent: false,
    });
    const timer = setTimeout(() => {
      resolve(`Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`);
      request.destroy();
    }, timeoutMs);
    request.once('response', (response) => {
      clearTimeout(timer);
      response.resume();
      const status = response.statusCode ?? 0;
      resolve(status >= 200 && status < 400 ? undefined : `HTTP probe failed with statuscode: ${status}`);
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(`Get "${url}": ${inKubeletWords(error, host, port)}`);
    });
  });
}

function checkTcp(host: string, port: number, timeoutMs: number): Promise<ProbeFailure> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: timeoutMs });
    const end = (failure: ProbeFailure) => {
      socket.destroy();
      resolve(failure);
    };
    socket.once('connect', () => end(undefined));
    socket.once('timeout', () => end(`dial tcp ${host}:${port}: i/o timeout`));
    socket.once('error', (error: NodeJS.ErrnoException) => end(inKubeletWords(error, host, port)));
  });
}

function inKubeletWords(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'ECONNREFUSED') return `dial tcp ${host}:${port}: connect: connection refused`;
  if (error.code === 'ECONNRESET') return `read tcp ${host}:${port}: read: connection reset by peer`;
  return error.message;
}
