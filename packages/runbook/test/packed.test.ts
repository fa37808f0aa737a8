import { execFileSync, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'tsdown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileRunbook } from '../src/index.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const own = join(root, 'packages/runbook');
const runbook = readFileSync(new URL('fixtures/plain-outage-runbook.md', import.meta.url), 'utf8');
const readme = readFileSync(join(own, 'README.md'), 'utf8');

const folder = mkdtempSync(join(tmpdir(), 'tocsin-packed-'));
const consumer = join(folder, 'consumer');

/** The part of the README in a fence of this language. */
function readmeFence(language: string): string {
  return new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(readme)?.[1] ?? '';
}

/** The machine's own Node, not the one that the workspace pins; the running one where there is no other. */
function systemNode(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders
    .filter((path) => !path.includes('node_modules'))
    .map((path) => join(path, 'node'))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  return found ?? process.execPath;
}

/** Packs a copy, because packing changes package.json for a moment and other tests read it. */
function packCopy(): string {
  const copy = join(folder, 'workspace/packages/runbook');
  cpSync(own, copy, {
    recursive: true,
    filter: (path) => !['node_modules', 'dist', 'test'].includes(basename(path)),
  });
  cpSync(join(root, 'tsconfig.json'), join(folder, 'workspace/tsconfig.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'workspace/node_modules'));
  symlinkSync(join(own, 'node_modules'), join(copy, 'node_modules'));
  execFileSync('npm', ['pack', '--pack-destination', folder], { cwd: copy, stdio: 'pipe' });
  expect(readFileSync(join(copy, 'package.json'), 'utf8')).toBe(
    readFileSync(join(own, 'package.json'), 'utf8'),
  );
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'no tarball');
}

function typeCheck(name: string, text: string): { status: number | null; output: string } {
  writeFileSync(join(consumer, name), text);
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023'];
  const result = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), ...options, '--lib', 'es2023,dom', name],
    { cwd: consumer, encoding: 'utf8' },
  );
  return { status: result.status, output: result.stdout };
}

beforeAll(() => {
  const tarball = packCopy();
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), '{ "private": true, "type": "module" }\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], {
    cwd: consumer,
    stdio: 'pipe',
  });
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed package, installed in another project', () => {
  it('holds built files with types, source maps, licence and changes, and no sources', () => {
    const files = readdirSync(join(consumer, 'node_modules/@tocsin/runbook'), { recursive: true });
    for (const file of ['index.js', 'index.js.map', 'index.d.ts'])
      expect(files).toContain(join('dist', file));
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json']));
    expect(files.filter((file) => /(?<!\.d)\.ts$/.test(String(file)))).toEqual([]);
  });

  it("runs the README's example as written on the machine's own Node, and prints what the README says", () => {
    writeFileSync(join(consumer, 'example.js'), readmeFence('js'));
    const result = spawnSync(systemNode(), ['example.js'], { cwd: consumer, encoding: 'utf8' });
    expect(result.stderr).toBe('');
    expect(result.stdout).toBe(readmeFence('text'));
  });

  it('compiles a whole runbook to the same plan as the sources', () => {
    writeFileSync(join(consumer, 'runbook.md'), runbook);
    const script = `import { readFileSync } from 'node:fs';
      import { compileRunbook } from '@tocsin/runbook';
      console.log(JSON.stringify(compileRunbook(readFileSync('runbook.md', 'utf8'))));`;
    const result = spawnSync(systemNode(), ['--input-type=module', '--eval', script], {
      cwd: consumer,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(result.stderr).toBe('');
    expect(JSON.parse(result.stdout)).toEqual(JSON.parse(JSON.stringify(compileRunbook(runbook))));
  });

  it('is typed: the example type checks, and a wrong use does not', () => {
    expect(typeCheck('example.ts', readmeFence('js'))).toEqual({ status: 0, output: '' });
    const wrong = typeCheck(
      'wrong.ts',
      `import { lintRunbook } from '@tocsin/runbook';\nexport const level: 'fatal' | undefined = lintRunbook('')[0]?.level;\n`,
    );
    expect(wrong.status).not.toBe(0);
    expect(wrong.output).toContain('wrong.ts(2,14): error TS2322');
  });

  it('is bundled for browsers without a module of Node, and runs where there is nothing of Node', async () => {
    const entry = join(consumer, 'browser.js');
    writeFileSync(entry, `export { compileRunbook } from '@tocsin/runbook';\n`);
    const [bundle] = await build({
      config: false,
      cwd: consumer,
      entry: { browser: entry },
      platform: 'browser',
      format: 'iife',
      globalName: 'tocsin',
      dts: false,
      deps: { alwaysBundle: [/./], onlyBundle: false },
      outDir: join(folder, 'browser'),
      logLevel: 'silent',
    });
    const [chunk] = bundle?.chunks ?? [];
    if (chunk?.type !== 'chunk') throw new Error('the bundle is empty');
    expect([...chunk.imports, ...chunk.dynamicImports]).toEqual([]);
    const browser = createContext({ TextEncoder, TextDecoder, runbook });
    runInContext(chunk.code.replace(/^\/\/# sourceMappingURL.*$/m, ''), browser);
    const plan: unknown = JSON.parse(runInContext('JSON.stringify(tocsin.compileRunbook(runbook))', browser));
    expect(plan).toEqual(JSON.parse(JSON.stringify(compileRunbook(runbook))));
  });
});
