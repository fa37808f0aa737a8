import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const main = join(import.meta.dirname, '../src/main.ts');
const runbook = join(import.meta.dirname, '../../../runbooks/outage.md');

const noCluster = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'none', cluster: { server: 'https://127.0.0.1:1' } }],
  users: [{ name: 'none', user: {} }],
  contexts: [{ name: 'none', context: { cluster: 'none', user: 'none' } }],
  'current-context': 'none',
};

/** Where a responder runs, and what it may reach. */
export interface ResponderGround {
  /** A new folder in it is the responder's own. */
  readonly folder: string;
  readonly databaseUrl: string;
  readonly smtpUrl: string;
  /** A healthy answer of the service. */
  readonly probeUrl: string;
}

export interface WholeResponder {
  readonly process: ChildProcess;
  readonly url: string;
  /** SIGKILL; resolves once it is dead. */
  kill(): Promise<void>;
}

/** The responder as users run it, in a process of its own, on the seed's runbook: one person, by mail, and no cluster. `more`: of its configuration. */
export async function startWholeResponder(
  ground: ResponderGround,
  about: { readonly name: string; readonly port: number; readonly more: object },
): Promise<WholeResponder> {
  const home = join(ground.folder, about.name);
  mkdirSync(home);
  const kubeconfig = join(home, 'kubeconfig');
  writeFileSync(kubeconfig, JSON.stringify(noCluster));
  const config = join(home, 'tocsin.yaml');
  const listen = { host: '127.0.0.1', port: about.port };
  writeFileSync(config, JSON.stringify({ listen, kubeconfig, runbook, ...watched(ground), ...about.more }));
  const child = spawn(process.execPath, [main, '--config', config], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: ground.databaseUrl, LOG_LEVEL: 'silent' },
  });
  await untilReady(child);
  return { process: child, url: `http://127.0.0.1:${about.port}`, kill: () => kill(child) };
}

function watched({ smtpUrl, probeUrl }: ResponderGround): object {
  return {
    service: {
      id: 'api',
      namespace: 'platform',
      deployment: 'api',
      service: 'api',
      podLabels: { app: 'api' },
      podPort: 8080,
      probes: [{ target: 'data', url: probeUrl }],
    },
    people: [
      {
        id: 'primary',
        name: 'Primary on-call',
        role: 'approver',
        contacts: [{ channel: 'email', address: 'primary@oncall.tocsin.invalid' }],
      },
    ],
    onCall: { '1': ['primary'] },
    smtp: { url: smtpUrl, from: 'tocsin@tocsin.invalid' },
  };
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    if (child.stdout !== null)
      createInterface({ input: child.stdout }).on('line', (line) => {
        if ((JSON.parse(line) as { readonly event?: string }).event === 'ready') resolve();
      });
    child.once('exit', (code) => reject(new Error(`the responder ended with ${code} before it was ready`)));
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** A service that is well: it answers every request. */
export async function startHealthyService(): Promise<{ readonly url: string; close(): void }> {
  const server: Server = createServer((_request, response) => response.end('ok'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
