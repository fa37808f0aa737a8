import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';
import { builtEntries, type SourceExports } from './built-exports.ts';

const manifest: { exports: SourceExports } = JSON.parse(
  readFileSync(new URL('package.json', import.meta.url), 'utf8'),
);

/** TypeScript 7 has no compiler API in JavaScript: declarations come from its command. */
const tsc = fileURLToPath(new URL('bin/tsc', import.meta.resolve('typescript/package.json')));

export default defineConfig({
  entry: builtEntries(manifest.exports),
  platform: 'neutral',
  target: 'es2023',
  sourcemap: true,
  dts: { tsgo: { path: tsc } },
});
