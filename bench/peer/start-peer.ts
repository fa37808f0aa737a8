import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../apps/cli/src/up/free-port.ts';
import { type PeerPage, startExporter } from './start-exporter.ts';

/** Debian's `prometheus` and `prometheus-alertmanager` beside the sandbox, with the rules of rules.yml. */
export interface Peer {
  pages(): readonly PeerPage[];
  /** Waits until no alert is pending or firing, so that one fault does not help the next. */
  waitQuiet(limitMs: number): Promise<void>;
  /** The rules that are pending or firing now. */
  active(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Shorter than the 30 s and 1 min that are usual: to the peer's favour, like a group_wait of 0 (usual: 30 s). */
const scrapeEvery = '5s';

function prometheusConfig(exporterPort: number, alertmanagerPort: number): object {
  const exporter = `127.0.0.1:${exporterPort}`;
  return {
    global: { scrape_interval: scrapeEvery, scrape_timeout: '4s', evaluation_interval: scrapeEvery },
    rule_files: [join(import.meta.dirname, 'rules.yml')],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanagerPort}`] }] }] },
    scrape_configs: [
      { job_name: 'kube-state-metrics', honor_labels: true, static_configs: [{ targets: [exporter] }] },
      {
        job_name: 'multitenant-api',
        http_sd_configs: [{ url: `http://${exporter}/targets`, refresh_interval: scrapeEvery }],
      },
    ],
  };
}

function alertmanagerConfig(exporterPort: number): object {
  return {
    route: {
      receiver: 'bench',
      group_by: ['...'],
      group_wait: '0s',
      group_interval: '1s',
      repeat_interval: '1h',
    },
    receivers: [
      {
        name: 'bench',
        webhook_configs: [{ url: `http://127.0.0.1:${exporterPort}/page`, send_resolved: false }],
      },
    ],
  };
}

function start(program: string, args: readonly string[], logFile: string): ChildProcess {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(logFile);
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
  return child;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exited;
}

export async function startPeer(folder: string, kubeconfig: string): Promise<Peer> {
  mkdirSync(folder, { recursive: true });
  const exporter = await startExporter(kubeconfig);
  const [prometheusPort, alertmanagerPort] = [await freePort(), await freePort()];
  const file = (name: string, content: object): string => {
    // JSON is YAML.
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const prometheus = start(
    'prometheus',
    [
      `--config.file=${file('prometheus.yml', prometheusConfig(exporter.port, alertmanagerPort))}`,
      `--storage.tsdb.path=${join(folder, 'tsdb')}`,
      `--web.listen-address=127.0.0.1:${prometheusPort}`,
    ],
    join(folder, 'prometheus.log'),
  );
  const alertmanager = start(
    'prometheus-alertmanager',
    [
      `--config.file=${file('alertmanager.yml', alertmanagerConfig(exporter.port))}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=127.0.0.1:${alertmanagerPort}`,
      '--cluster.listen-address=',
    ],
    join(folder, 'alertmanager.log'),
  );
  const active = async (): Promise<readonly string[]> => {
    const answer = await fetch(`http://127.0.0.1:${prometheusPort}/api/v1/alerts`);
    const { data } = (await answer.json()) as {
      data: { alerts: { labels: { alertname: string }; state: string }[] };
    };
    return data.alerts.map(({ labels, state }) => `${labels.alertname} ${state}`);
  };
  await untilTrue(async () => (await active()).length === 0, 30_000);
  return {
    pages: exporter.pages,
    active,
    waitQuiet: (limitMs) => untilTrue(async () => (await active()).length === 0, limitMs),
    async stop() {
      await stopChild(prometheus);
      await stopChild(alertmanager);
      exporter.close();
    },
  };
}

async function untilTrue(isSo: () => Promise<boolean>, limitMs: number): Promise<void> {
  const endsAt = performance.now() + limitMs;
  while (performance.now() < endsAt) {
    if (await isSo().catch(() => false)) return;
    await sleep(500);
  }
}
