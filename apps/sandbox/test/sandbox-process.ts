import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import type { StageDescription } from '../src/stage.ts';

const MAIN = path.resolve(import.meta.dirname, '../src/main.ts');

/** A sandbox as its users have it: a process of its own, told of over HTTP. */
export interface SandboxProcess {
  child: ChildProcess;
  stateDir: string;
  description: StageDescription;
  /** Milliseconds from the start to the ready line. */
  readyAfterMs: number;
}

/** An answer with its body as text. */
export interface Reply {
  status: number;
  body: string;
}

/** A fresh state directory. */
export function newStateDir(): Promise<string> {
  return fs.mkdtemp(path.join(os.tmpdir(), 'sandbox-test-'));
}

/** Starts a sandbox process and resolves at its ready line; rejects with its output when it ends before. */
export async function startProcess(stateDir: string, args: string[] = []): Promise<SandboxProcess> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [MAIN, '--state-dir', stateDir, '--rate', '0', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    const event = JSON.parse(line) as { event: string } & StageDescription;
    if (event.event !== 'ready') continue;
    child.stdout.resume();
    return { child, stateDir, description: event, readyAfterMs: performance.now() - startedAt };
  }
  throw new Error(`sandbox ended before it was ready:\n${said.join('\n')}`);
}

/** Asks a sandbox to stop and resolves with its exit code. */
export async function stopProcess({ child }: SandboxProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

/** A request to the watched service through the ingress, as tenant t1. */
export async function askService(
  { description }: SandboxProcess,
  {
    method = 'GET',
    route = '/api/data',
    body,
    timeoutMs = 3_000,
  }: { method?: string; route?: string; body?: unknown; timeoutMs?: number } = {},
): Promise<Reply> {
  const [tenant] = description.tenants;
  const token = await fs.readFile(tenant?.tokenFile ?? '', 'utf8');
  const headers = {
    host: description.ingressHost,
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
  };
  const request = http.request(`${description.ingressUrl}${route}`, {
    method,
    headers,
    timeout: timeoutMs,
    agent: false,
  });
  request.once('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)));
  return reply(request, body);
}

/** A request to the sandbox's Kubernetes API as the administrator. */
export async function askKubernetes(
  sandbox: SandboxProcess,
  method: string,
  route: string,
  body?: unknown,
): Promise<Reply> {
  const config = parse(await fs.readFile(sandbox.description.kubeconfig, 'utf8')) as {
    clusters: { cluster: { 'certificate-authority-data': string } }[];
    users: { user: { token: string } }[];
  };
  const ca = Buffer.from(config.clusters[0]?.cluster['certificate-authority-data'] ?? '', 'base64');
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const headers = { authorization: `Bearer ${config.users[0]?.user.token ?? ''}`, 'content-type': type };
  return reply(
    https.request(`${sandbox.description.apiServer}${route}`, { method, headers, ca, agent: false }),
    body,
  );
}

/** The object or list behind a path of the Kubernetes API. */
export async function getObject<T>(sandbox: SandboxProcess, route: string): Promise<T> {
  const { status, body } = await askKubernetes(sandbox, 'GET', route);
  if (status !== 200) throw new Error(`GET ${route}: ${status} ${body}`);
  return JSON.parse(body) as T;
}

/** A request to the fault control server. */
export async function askControl<T>(
  { description }: SandboxProcess,
  method: string,
  route: string,
  body?: unknown,
): Promise<{ status: number; body: T }> {
  const headers = { authorization: `Bearer ${description.control.token}` };
  const { status, body: answer } = await reply(
    http.request(`${description.control.url}${route}`, { method, headers, agent: false }),
    body,
  );
  return { status, body: JSON.parse(answer) as T };
}

async function reply(request: http.ClientRequest, body: unknown): Promise<Reply> {
  request.end(body === undefined ? undefined : JSON.stringify(body));
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return { status: response.statusCode ?? 0, body: await text(response) };
}
