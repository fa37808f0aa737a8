import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secret, type ServedIntake, serveIntake } from '../fixtures/serve-intake.ts';

const run = promisify(execFile);
let served: ServedIntake;
const folder = mkdtempSync(join(tmpdir(), 'tocsin-amtool-'));

beforeAll(async () => {
  served = await serveIntake({
    inhibit: [{ source: ['severity="critical"'], target: ['severity="warning"'], equal: ['cluster'] }],
  });
  writeFileSync(join(folder, 'http.yml'), `authorization:\n  credentials: ${secret}\n`);
});
afterAll(async () => {
  await served.stop();
  rmSync(folder, { recursive: true });
});

/** Output of Debian's amtool, as it comes, with the responder as its Alertmanager. */
async function amtool(...args: string[]): Promise<string> {
  const { stdout } = await run('amtool', [
    ...args,
    `--alertmanager.url=${served.url}/intake/alertmanager`,
    `--http.config.file=${join(folder, 'http.yml')}`,
  ]);
  return stdout.trim();
}

interface Shown {
  readonly labels: { readonly alertname: string };
  readonly status: { readonly state: string; readonly silencedBy: string[]; readonly inhibitedBy: string[] };
}

async function query(...args: string[]): Promise<Shown[]> {
  return JSON.parse(await amtool('alert', 'query', '-o', 'json', ...args)) as Shown[];
}

const names = (alerts: readonly Shown[]): string[] => alerts.map((one) => one.labels.alertname).toSorted();
const factNames = () =>
  served.stage.ports.alerts.facts
    .alerts()
    .map((one) => one.name)
    .toSorted();

describe('amtool', () => {
  it('adds alerts and finds them by matchers', async () => {
    await amtool(
      'alert',
      'add',
      'alertname=DiskFull',
      'node=n1',
      'severity=critical',
      '--annotation=summary=full',
    );
    await amtool('alert', 'add', 'alertname=DiskSlow', 'node=n2', 'severity=info');
    expect(names(await query())).toEqual(['DiskFull', 'DiskSlow']);
    expect(names(await query('node=n1'))).toEqual(['DiskFull']);
    expect(names(await query('alertname=~"Disk.*"', 'node!=n1'))).toEqual(['DiskSlow']);
    expect(names(await query('alertname=~Disk'))).toEqual([]);
    expect(await amtool('alert', 'query')).toMatch(/DiskFull.*\n?.*DiskSlow/);
    await expect.poll(factNames).toEqual(['DiskFull', 'DiskSlow']);
  });

  it('silences, changes and ends a silence; detection hears nothing of what is silent', async () => {
    const add = ['silence', 'add', '--author=ann', '--duration=1h', '--comment=disk is being changed'];
    const id = await amtool(...add, 'node=n1');
    expect(names(await query())).toEqual(['DiskSlow']);
    expect(await query('--silenced')).toMatchObject([{ status: { state: 'suppressed', silencedBy: [id] } }]);
    await expect.poll(factNames).toEqual(['DiskSlow']);
    expect(await amtool('silence', 'query')).toContain('disk is being changed');
    expect(await amtool('silence', 'query', '-q', 'node=n1')).toBe(id);
    expect(await amtool('silence', 'query', '-q', 'node=n2')).toBe('');
    await amtool('silence', 'update', '--duration=2h', '--comment=takes longer', id);
    const [, ...silences] = (await amtool('silence', 'query')).split('\n');
    expect(silences.join('\n')).toContain('takes longer');
    const current = await amtool('silence', 'query', '-q', 'node=n1');
    await amtool('silence', 'expire', current);
    expect(await amtool('silence', 'query', '-q')).toBe('');
    expect(await amtool('silence', 'query', '-q', '--expired')).toContain(current);
    await expect.poll(factNames).toEqual(['DiskFull', 'DiskSlow']);
    const kept = await served.stage.ports.alerts.suppressions(10);
    expect(kept).toMatchObject([{ kind: 'silence', by: id, text: 'DiskFull' }]);
    await expect(amtool('silence', 'expire', current)).rejects.toThrow(/expired already/);
  });

  it('refuses a silence of everything', async () => {
    await expect(amtool('silence', 'add', '--author=a', '--comment=c', 'x=~".*"')).rejects.toThrow(
      /empty text/,
    );
  });

  it('sees what is inhibited', async () => {
    await amtool('alert', 'add', 'alertname=ClusterDown', 'cluster=x', 'severity=critical');
    await amtool('alert', 'add', 'alertname=PodSlow', 'cluster=x', 'severity=warning');
    await amtool('alert', 'add', 'alertname=PodSlow', 'cluster=y', 'severity=warning');
    const [inhibited, ...rest] = await query('--inhibited', 'cluster=x', 'severity=warning');
    expect(rest).toEqual([]);
    expect(inhibited?.status).toMatchObject({ state: 'suppressed', inhibitedBy: [expect.any(String)] });
    await expect.poll(factNames).toEqual(['ClusterDown', 'DiskFull', 'DiskSlow', 'PodSlow']);
  });

  it('shows a configuration and groups, and nothing to a stranger', async () => {
    expect(await amtool('config', 'show')).toContain('receiver: tocsin');
    const groups = await fetch(`${served.url}/intake/alertmanager/api/v2/alerts/groups`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(await groups.json()).toContainEqual(
      expect.objectContaining({ labels: { alertname: 'ClusterDown' }, receiver: { name: 'tocsin' } }),
    );
    for (const path of ['alerts', 'silences', 'status', 'receivers', 'alerts/groups'])
      expect((await fetch(`${served.url}/intake/alertmanager/api/v2/${path}`)).status).toBe(401);
  });
});
