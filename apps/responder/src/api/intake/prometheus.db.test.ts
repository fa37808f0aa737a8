import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { secret, type ServedIntake, serveIntake } from '../fixtures/serve-intake.ts';

/** Prometheus as it comes, with the responder where its Alertmanager would be. */
let served: ServedIntake;
let target: { readonly server: Server; errors: number };
let prometheus: { stop(): Promise<void> };

beforeAll(async () => {
  served = await serveIntake();
  target = await startTarget();
  prometheus = startPrometheus(served.url, portOf(target.server));
});
afterAll(async () => {
  await prometheus.stop();
  target.server.close();
  await served.stop();
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Something to scrape, whose one metric the test sets. */
async function startTarget(): Promise<typeof target> {
  const state = { errors: 1 };
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(`errors ${state.errors}\n`);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, { server });
}

function startPrometheus(responder: string, port: number): typeof prometheus {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-prometheus-'));
  const rule = {
    alert: 'TooManyErrors',
    expr: 'errors > 0',
    labels: { severity: 'critical', tenant: 't1' },
    annotations: { summary: 'errors are at {{ $value }}' },
  };
  writeFileSync(
    join(folder, 'rules.yml'),
    stringify({ groups: [{ name: 'g', interval: '1s', rules: [rule] }] }),
  );
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: ['rules.yml'],
    scrape_configs: [{ job_name: 'target', static_configs: [{ targets: [`127.0.0.1:${port}`] }] }],
    alerting: {
      alertmanagers: [
        {
          path_prefix: '/intake/alertmanager',
          authorization: { credentials: secret },
          static_configs: [{ targets: [new URL(responder).host] }],
        },
      ],
    },
  };
  writeFileSync(join(folder, 'prometheus.yml'), stringify(config));
  const args = [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    '--web.listen-address=127.0.0.1:0',
    '--rules.alert.resend-delay=2s',
  ];
  const child = spawn('prometheus', args, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const fact = () => served.stage.ports.alerts.facts.alerts().find((one) => one.name === 'TooManyErrors');

it('sends what fires, refreshes it, and ends it', async () => {
  await expect.poll(fact).toMatchObject({
    source: 'prometheus',
    severity: 'P1',
    summary: 'errors are at 1',
    labels: { tenant: 't1', job: 'target' },
  });
  const { fingerprint } = fact() ?? { fingerprint: 'none' };
  const endOf = async (): Promise<number> => {
    const { rows } = await served.database.query<{ endsAt: number }>(
      `select ends_at as "endsAt" from alerts where fingerprint = $1`,
      [fingerprint],
    );
    return rows[0]?.endsAt ?? 0;
  };
  // The row follows the answer.
  await expect.poll(endOf).toBeGreaterThan(Date.now());
  const first = await endOf();
  // Past its first end only what Prometheus sends again keeps it: it refreshes every two seconds and promises eight.
  await expect.poll(() => Date.now() > first + 1000).toBe(true);
  expect(fact()?.fingerprint).toBe(fingerprint);
  expect(await endOf()).toBeGreaterThan(first);
  target.errors = 0;
  await expect.poll(fact).toBeUndefined();
  const { rows } = await served.database.query('select count(*) as alerts from alerts');
  expect(rows).toEqual([{ alerts: 1 }]);
});
