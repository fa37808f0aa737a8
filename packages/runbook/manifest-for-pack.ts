/**
 * Inside the workspace package.json serves the TypeScript sources, which Node does not run below node_modules. While npm packs,
 * it serves the built files: `prepack` calls `node manifest-for-pack.ts built`, `postpack` calls `node manifest-for-pack.ts sources`.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtExports, type SourceExports } from './built-exports.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const manifestFile = here('package.json');
/** The workspace's own manifest, set aside while npm packs; one that is still there is from a pack that was interrupted. */
const setAside = here('package.sources.json');

function serveBuilt(): void {
  const text = readFileSync(manifestFile, 'utf8');
  const manifest: { exports: SourceExports } = JSON.parse(text);
  const published = {
    ...manifest,
    exports: builtExports(manifest.exports),
    scripts: {},
    devDependencies: {},
  };
  writeFileSync(setAside, text);
  writeFileSync(here('package.next.json'), `${JSON.stringify(published, null, 2)}\n`);
  renameSync(here('package.next.json'), manifestFile);
}

function serveSources(): void {
  if (existsSync(setAside)) renameSync(setAside, manifestFile);
}

const wanted = process.argv[2];
if (wanted === 'built') serveBuilt();
else if (wanted === 'sources') serveSources();
else throw new Error(`manifest-for-pack.ts ${wanted ?? ''}: expected "built" or "sources"`);
