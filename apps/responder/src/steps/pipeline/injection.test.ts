import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { bindPlaceholders, compileRunbook, type Action } from '@tocsin/runbook';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actionsOf } from '../find-action.ts';
import {
  layHostileGround,
  violations,
  type HostileGround,
  type Recording,
} from '../fixtures/hostile-ground.ts';
import { HOSTILE_VALUES, hostileValue } from '../fixtures/hostile-values.ts';
import { bindValues } from '../prepare/bind-values.ts';
import { programNames } from './allowed-programs.ts';
import { checkPipeline, runPipeline } from './run-pipeline.ts';

const root = new URL('../../../../../', import.meta.url);
const RUNBOOKS = ['packages/runbook/test/fixtures/plain-outage-runbook.md', 'runbooks/outage.md'];
const ground = layHostileGround();

/** Every action of both runbooks that has a placeholder to fill. */
const open: readonly Action[] = RUNBOOKS.flatMap((path) =>
  actionsOf(compileRunbook(readFileSync(new URL(path, root), 'utf8'))),
).filter(({ placeholders }) => placeholders.length > 0);

const slots = open.flatMap((action) => action.placeholders.map((name) => ({ action, name })));

/** The action bound with this value in one placeholder and good ones in the others; null when it is refused. */
function bound({ action, name }: { action: Action; name: string }, value: string): string[][] | null {
  const good = Object.fromEntries(action.placeholders.map((other) => [other, 'node-b']));
  const result = bindPlaceholders(action, { ...good, [name]: value });
  return 'pipeline' in result ? result.pipeline : null;
}

/** What is wrong with running this, by the responder's own runner and a real process. */
async function wrongWith(pipeline: readonly (readonly string[])[]): Promise<readonly string[]> {
  const checked = checkPipeline(ground.runner, pipeline);
  if (checked.problem !== undefined) return [checked.problem];
  const before = ground.files();
  const signal = new AbortController().signal;
  const result = await runPipeline(ground.runner, checked, { limitMs: 60_000, signal });
  return violations({
    wanted: pipeline[0]?.slice(1) ?? [],
    recording: recordingOf(result.stdout),
    before,
    after: ground.files(),
    starterPid: process.pid,
  });
}

function recordingOf(stdout: string): Recording | null {
  try {
    return JSON.parse(stdout) as Recording;
  } catch {
    return null;
  }
}

/** The way not to do it: the text, values put in, handed to a shell in the same folder with the same programs. */
function wrongWithNaive({ runner, bin, files }: HostileGround, text: string, wanted: readonly string[]) {
  const before = files();
  const { stdout } = spawnSync('/bin/sh', ['-c', text], {
    cwd: runner.home,
    env: { PATH: `${bin}:/usr/bin:/bin` },
  });
  const recording = recordingOf(stdout.toString());
  return violations({ wanted, recording, before, after: files(), starterPid: process.pid });
}

describe('a value reaches a process as one argument or not at all', () => {
  test('both runbooks have placeholders to attack', () => {
    expect([...new Set(slots.map(({ name }) => name))].toSorted()).toEqual(
      'auth-header-file failed-node-name node-name password policy-name valid-jwt'.split(' '),
    );
  });

  test('hostile values are refused, or fill the argument that they were meant for', async () => {
    const accepted = new Map<string, string[][]>();
    for (const slot of slots)
      for (const value of [...HOSTILE_VALUES, ...fc.sample(hostileValue, 300)]) {
        const pipeline = bound(slot, value);
        if (pipeline === null) continue;
        expect(shapeOf(pipeline)).toEqual(shapeOf(slot.action.pipeline ?? []));
        expect(pipeline).toEqual(filled(slot.action.pipeline ?? [], slot.name, value));
        accepted.set(JSON.stringify(pipeline), pipeline);
      }
    expect(accepted.size).toBeGreaterThan(3);
    for (const pipeline of [...accepted.values()].slice(0, 12)) expect(await wrongWith(pipeline)).toEqual([]);
  }, 120_000);

  test('no value that begins with a dash of any kind, and no secret, is ever bound', () => {
    fc.assert(
      fc.property(fc.constantFrom(...slots), hostileValue, (slot, value) => {
        const pipeline = bound(slot, value);
        const mustNot = /^[\p{Pd}\u2212]/u.test(value) || /password|jwt/.test(slot.name);
        expect(mustNot && pipeline !== null).toBe(false);
      }),
    );
  });

  test('a node name comes from the live list and by RFC 1123, whatever the diagnosis says', () => {
    fc.assert(
      fc.property(hostileValue, (value) => {
        const live = { node: [value], networkpolicy: [] };
        const { values } = bindValues(['node-name'], `node/${value}`, live);
        expect(values['node-name'] ?? 'none').toMatch(/^[a-z0-9][a-z0-9.-]*$/);
      }),
    );
  });

  test('even unchecked, the runner hands every hostile text on as the one argument that it is', async () => {
    const texts = HOSTILE_VALUES.filter((text) => !text.includes('\0'));
    const random = fc.sample(hostileValue, 200).filter((text) => !text.includes('\0') && text.isWellFormed());
    expect(await wrongWith([['kubectl', 'get', ...texts.filter((text) => text.length < 1000)]])).toEqual([]);
    expect(await wrongWith([['curl', ...random.filter((text) => text.length < 1000)]])).toEqual([]);
    expect(await wrongWith([['psql', '-c', 'a'.repeat(100_000)]])).toEqual([]);
    expect(checkPipeline(ground.runner, [['kubectl', 'a\0b']])).toHaveProperty('problem');
  }, 120_000);

  test('a placeholder left open is no redirect: the traps of the working directory stay as they are', async () => {
    for (const { action } of slots.filter(({ name }) => name === 'node-name').slice(0, 2))
      expect(await wrongWith(action.pipeline ?? [])).toEqual([]);
  }, 60_000);
});

/** Number of arguments of each command. */
function shapeOf(pipeline: readonly (readonly string[])[]): readonly number[] {
  return pipeline.map((argv) => argv.length);
}

function filled(pipeline: readonly (readonly string[])[], name: string, value: string): string[][] {
  return pipeline.map((argv) =>
    argv.map((arg) =>
      arg
        .split(`<${name}>`)
        .join(value)
        .replaceAll(/<[a-z][a-z0-9-]*>/g, 'node-b'),
    ),
  );
}

describe('the same checks find what a shell would do', () => {
  test.each([
    ['a second command', 'kubectl cordon node-b;touch injected', ['cordon', 'node-b;touch injected']],
    ['a substitution', 'kubectl cordon $(echo node-b)', ['cordon', '$(echo node-b)']],
    ['a name of a file', 'kubectl cordon n?de-name', ['cordon', 'n?de-name']],
    ['a blank', 'kubectl cordon a b', ['cordon', 'a b']],
    ['a home folder', 'kubectl cordon ~', ['cordon', '~']],
    [
      'an open placeholder',
      'kubectl drain <node-name> --ignore-daemonsets',
      ['drain', '<node-name>', '--ignore-daemonsets'],
    ],
  ])('%s', (_, text, wanted) => {
    expect(wrongWithNaive(layHostileGround(), text, wanted)).not.toEqual([]);
  });

  test('an open placeholder there drops an argument and writes a file named like it', () => {
    const own = layHostileGround();
    const wrong = wrongWithNaive(own, 'kubectl drain <node-name> --ignore-daemonsets', [
      'drain',
      '<node-name>',
    ]);
    expect(wrong).toContain('the working directory changed');
    expect(Object.keys(own.files())).toContain('--ignore-daemonsets');
  });

  test('a shell between us and the program is seen, also when nothing else is wrong', () => {
    const wrong = wrongWithNaive(ground, 'kubectl cordon node-b; true', ['cordon', 'node-b']);
    expect(wrong.join()).toMatch(/started by|a shell is in its process group/);
  });
});

/** A drain whose fence says this about it. */
function drain(attributes: Record<string, string>) {
  const fence = `\`\`\`bash ${JSON.stringify(attributes)}\nkubectl drain <node-name>\n\`\`\``;
  const plan = compileRunbook(
    `# Phase 1: Fix (0-5 minutes)\n\n1. **Fix it**\n\n${fence.replaceAll(/^/gm, '   ')}\n`,
  );
  return { action: actionsOf(plan)[0], codes: plan.problems.map(({ code }) => code) };
}

describe('what a document says about its commands', () => {
  test.each([
    [{ 'tocsin-effect': 'read' }],
    [{ 'tocsin-effect': 'mutate' }],
    [{ 'tocsin-effect': 'none' }],
    [{ 'tocsin-approvals': '0' }],
    [{ 'tocsin-approvals': '-1' }],
    [{ 'tocsin-approvals': '1e-9' }],
    [{ 'tocsin-timeout': '-5m' }],
    [{ 'tocsin-timeout': '0' }],
    [{ 'tocsin-timeout': '999999999h' }],
    [{ 'tocsin-timeout': '25h' }],
    [{ 'tocsin-timeout': '10m; reboot' }],
    [{ 'tocsin-purpose': '$(reboot)' }],
  ])('%j is refused and weakens nothing', (attributes) => {
    const { action, codes } = drain(attributes);
    expect(codes).toContain('RB003');
    expect(action).toMatchObject({ effect: 'destroy', approvals: 2 });
    expect(action?.timeoutMs).toBeGreaterThan(0);
    expect(action?.timeoutMs).toBeLessThanOrEqual(24 * 3_600_000);
  });

  test('names and texts of a document are data', async () => {
    const text = `$(touch injected); "; rm -rf ~ | sh '`;
    const { action } = drain({
      name: text,
      'tocsin-check': text,
      'tocsin-probe': text,
      'tocsin-undo-of': text,
    });
    expect(action?.id).toMatch(/^[a-z0-9-]+$/);
    expect(action?.pipeline).toEqual([['kubectl', 'drain', '<node-name>']]);
    expect(await wrongWith(action?.pipeline ?? [])).toEqual([]);
  }, 60_000);

  test('only the programs that the runner may start run without a person', () => {
    const names = [...programNames, 'helm', 'sh', 'env', './kubectl', 'sudo kubectl'];
    const runs = names.filter((name) => {
      const args = name === 'psql' ? '-c "select 1"' : 'get https://x';
      const command = name === 'curl' ? 'curl https://x' : `${name} ${args}`;
      const [action] = actionsOf(
        compileRunbook(`# Phase 1: A (0-5 minutes)\n\n\`\`\`sh\n${command}\n\`\`\`\n`),
      );
      return action?.manual === undefined;
    });
    expect(runs).toEqual([...programNames]);
  });

  test('a command with a limit of its own beyond any timer is cut off after a day', () => {
    const plan = compileRunbook(
      '# Phase 1: A (0-5 minutes)\n\n```sh\nkubectl wait --for=delete pod/a --timeout=99999999h\n```\n',
    );
    expect(actionsOf(plan).map(({ timeoutMs }) => timeoutMs)).toEqual([24 * 3_600_000]);
  });
});
