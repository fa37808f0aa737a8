import { spawnSync } from 'node:child_process';
import { chmodSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { memoryFlags } from './child.ts';
import { places } from './places.ts';

const api = 'apps/multitenant-api/src';

/**
 * Run by an install: compiles what the first start would have to, in front of its user. V8 keeps code by the flags that it was
 * compiled under, so each program is loaded under those that it is started with. Without it all works, later.
 */
const programs: readonly { readonly flags: readonly string[]; readonly modules: readonly string[] }[] = [
  {
    flags: [],
    modules: [`${api}/app.ts`, `${api}/drain.ts`, `${api}/prepare.ts`, 'apps/sandbox/src/stage.ts'],
  },
  {
    flags: memoryFlags,
    modules: [
      'apps/sandbox/src/stage.ts',
      'apps/responder/src/app.ts',
      'apps/status-page/src/start-status-page.ts',
    ],
  },
];

for (const { flags, modules } of programs) {
  const urls = modules.map((one) => pathToFileURL(join(places.repository, one)).href);
  const load = `await Promise.all(${JSON.stringify(urls)}.map((url) => import(url))); process.exit(0);`;
  const { status, stderr } = spawnSync(process.execPath, [...flags, '--input-type=module', '--eval', load], {
    env: { ...process.env, NODE_COMPILE_CACHE: places.compiled },
    encoding: 'utf8',
  });
  if (status !== 0) process.stderr.write(`tocsin: the first start will be slower: ${stderr}\n`);
}

// Node writes them for their owner alone; an install by root serves every user of the machine.
for (const file of globSync('**/*', { cwd: places.compiled, withFileTypes: true }))
  if (file.isFile()) chmodSync(join(file.parentPath, file.name), 0o644);
