import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileRunbook, lintRunbook } from '@tocsin/runbook';
import { Command } from 'commander';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../../responder/src/config.ts';
import { readRunbook } from '../../../responder/src/runbook/read-runbook.ts';
import { registerInit } from './register-init.ts';
import { starterRunbook } from './starter-runbook.ts';

const main = new URL('../main.ts', import.meta.url).pathname;
let folder = '';
let out: string[] = [];
let terminal: ChildProcess | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-init-'));
  out = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
});

afterEach(() => {
  terminal?.kill();
  terminal = null;
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

async function tocsin(...args: string[]): Promise<void> {
  const program = new Command('tocsin').exitOverride();
  registerInit(program);
  await program.parseAsync(['init', '--yes', ...args], { from: 'user' });
}

const enough = ['--service', 'shop', '--url', 'https://shop.example.com/health'];

/** What the responder makes of the two files. */
async function taken(dir: string) {
  const config = readConfig(join(dir, 'tocsin.yaml'), {});
  const content = await readRunbook(config.runbook.file);
  if ('unreadable' in content) throw new Error(content.unreadable);
  const { plan, markdown } = content.document;
  return { config, plan, problems: lintRunbook(markdown) };
}

describe('tocsin init, from options', () => {
  it.each([
    [
      ['--namespace', 'prod', '--database', 'statefulset/postgres', '--redis', 'cache'],
      ['statefulset/postgres', 'deployment/cache'],
    ],
    [['--database', 'deployment/db'], ['deployment/db']],
    [['--redis', 'statefulset/redis'], ['statefulset/redis']],
    [[], []],
  ])('writes what the responder takes, without a problem: %j', async (options, dependencies) => {
    await tocsin(...enough, ...options, '--out', join(folder, 'new', 'place'));
    const { config, plan, problems } = await taken(join(folder, 'new', 'place'));
    expect(problems).toEqual([]);
    expect(config.service).toMatchObject({
      deployment: 'shop',
      namespace: options.includes('prod') ? 'prod' : 'default',
      dependencies,
      probes: [{ url: 'https://shop.example.com/health' }],
    });
    expect(plan.settings).toMatchObject({ service: 'shop', namespace: config.service.namespace });
    const kinds = plan.detectors.map(({ kind }) => kind);
    expect(kinds.includes('database-connections')).toBe(options.includes('--database'));
  });

  it('tells of checks that are taken once their comment is taken away', async () => {
    await tocsin(...enough, '--database', 'statefulset/postgres', '--redis', 'cache', '--out', folder);
    const file = join(folder, 'tocsin.yaml');
    const text = readFileSync(file, 'utf8').replaceAll(/^( +)# (?=checks:| +- \{ kind)/gm, '$1');
    writeFileSync(file, text);
    const { config } = await taken(folder);
    expect(config.service.checks).toMatchObject([
      { kind: 'postgres', subject: 'statefulset/postgres', urlFile: join(folder, 'postgres.url') },
      { kind: 'redis', subject: 'deployment/cache' },
      { kind: 'tls' },
    ]);
  });

  it('names somebody for every level and role of its runbook', async () => {
    await tocsin(...enough, '--database', 'postgres', '--out', folder);
    const { config, plan } = await taken(folder);
    const keys = Object.keys(config.onCall);
    expect(keys).toEqual(expect.arrayContaining(plan.escalation.map((_, index) => String(index + 1))));
    expect(keys).toContain(plan.roles.find(({ name }) => name === 'Database Administrator')?.id);
    expect(plan.escalation.every(({ roleId }) => roleId !== undefined)).toBe(true);
  });

  it('has no problem for any name', () => {
    const name = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?$/);
    const workload = fc
      .tuple(fc.constantFrom('statefulset', 'deployment'), name)
      .map((parts) => parts.join('/'));
    const optional = fc.option(workload, { nil: undefined });
    fc.assert(
      fc.property(name, name, optional, optional, (service, namespace, database, redis) => {
        const url = 'http://a.example/healthz';
        const text = starterRunbook({
          service,
          namespace,
          url,
          ...(database && { database }),
          ...(redis && { redis }),
        });
        expect(compileRunbook(text).problems).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('prints JSON', async () => {
    await tocsin(...enough, '--out', folder, '--json');
    expect(JSON.parse(out.join('\n'))).toEqual({
      files: [join(folder, 'outage.md'), join(folder, 'tocsin.yaml')],
      problems: [],
    });
  });

  it('overwrites nothing, and writes none of the two when one is there', async () => {
    writeFileSync(join(folder, 'tocsin.yaml'), 'mine');
    await expect(tocsin(...enough, '--out', folder)).rejects.toThrow(
      `${join(folder, 'tocsin.yaml')}: there already; --force overwrites`,
    );
    expect(readdirSync(folder)).toEqual(['tocsin.yaml']);
    expect(readFileSync(join(folder, 'tocsin.yaml'), 'utf8')).toBe('mine');
    await tocsin(...enough, '--out', folder, '--force');
    expect((await taken(folder)).problems).toEqual([]);
    expect(readdirSync(folder)).toEqual(['outage.md', 'tocsin.yaml']);
  });

  it.each([
    [[], /these options are needed: --service <name>, --url <url>$/],
    [['--service', 'shop'], /these options are needed: --url <url>$/],
    [['--service', 'My Shop'], /--service: found "My Shop", expected lower-case letters, digits and dashes/],
    [
      ['--url', 'https://a.example/?q=1;rm'],
      /--url: found "https:\/\/a\.example\/\?q=1;rm", expected an address/,
    ],
    [['--database', 'pod/x'], /--database: found "pod\/x", expected a workload such as statefulset\/name/],
  ])('refuses %j and writes nothing', async (options, message) => {
    await expect(tocsin(...options, '--out', folder)).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('asks nobody where there is no terminal, and says what it needs', () => {
    const args = [main, 'init', '--namespace', 'prod', '--out', folder];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', input: '' });
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining(
        'nobody is asked here, so these options are needed: --service <name>, --url <url>',
      ),
    ]);
  });
});

/** The command on a real pseudo-terminal; each answer is typed once its question is on the screen. */
function onTerminal(
  answers: [question: string, keys: string][],
): Promise<{ status: number | null; screen: string }> {
  const command = `stty rows 40 cols 200; exec '${process.execPath}' '${main}' init --out '${folder}'`;
  const child = spawn('script', ['-qefc', command, '/dev/null'], { env: { ...process.env, TERM: 'xterm' } });
  terminal = child;
  let screen = '';
  let unseen = '';
  const waiting = [...answers];
  child.stdout.on('data', (bytes: Buffer) => {
    screen += bytes.toString();
    unseen += bytes.toString();
    const next = waiting[0];
    if (next === undefined || !unseen.includes(next[0])) return;
    waiting.shift();
    unseen = '';
    child.stdin.write(next[1]);
  });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, screen })));
}

describe('tocsin init, on a terminal', { timeout: 120_000 }, () => {
  it('asks what no option says, says what is wrong with an answer, and writes at the end', async () => {
    const { status, screen } = await onTerminal([
      ['Which deployment', 'Shop\r'],
      ['expected lower-case letters', '\x7F\x7F\x7F\x7Fshop\r'],
      ['In which namespace', '\r'],
      ['Which address', 'https://shop.example.com/health\r'],
      ['Which database', 'postgres\r'],
      ['Which Redis', '\r'],
    ]);
    expect(screen).toContain(`wrote ${join(folder, 'outage.md')}`);
    expect(status).toBe(0);
    const { config, problems } = await taken(folder);
    expect(problems).toEqual([]);
    expect(config.service).toMatchObject({
      id: 'shop',
      namespace: 'default',
      dependencies: ['statefulset/postgres'],
    });
  });

  it('leaves nothing behind when it is stopped with Ctrl-C', async () => {
    const { status, screen } = await onTerminal([
      ['Which deployment', 'shop\r'],
      ['In which namespace', 'prod\r'],
      ['Which address', '\x03'],
    ]);
    expect(screen).toContain('init: stopped, nothing was written');
    expect(status).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });
});
