#!/usr/bin/env node
// Plain JavaScript on purpose: it must run on any Node >= 20 to find the pinned one that runs the TypeScript sources.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'main.ts');

function runWithPinnedNode() {
  const pinned = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node');
  if (!existsSync(pinned)) {
    process.stderr.write(
      `tocsin: needs Node >= 24, this is ${process.version}, and the pinned one is missing at ${pinned}.\n` +
        'Run "npm install" in the repository (with install scripts allowed) and try again.\n',
    );
    process.exit(2);
  }
  const child = spawn(pinned, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(`tocsin: ${pinned} cannot be started: ${error.message}\n`);
    process.exit(2);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
}

if (Number(process.versions.node.split('.')[0]) >= 24) await import(main);
else runWithPinnedNode();
