import { readFileSync } from 'node:fs';

/** The version of the service, as its package says. */
export function apiVersion(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}
