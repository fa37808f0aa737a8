import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeService } from '../apps/multitenant-api/src/openapi/describe-service.ts';
import { describeApi } from '../apps/responder/src/api/describe-api.ts';
import { planJsonSchema } from '../packages/runbook/src/schema/index.ts';

/** Files of this folder that are made from code. Each has a name and its text. */
const generated: readonly { readonly file: string; readonly make: () => string | Promise<string> }[] = [
  { file: 'openapi.json', make: () => `${JSON.stringify(describeApi(version()), null, 2)}\n` },
  { file: 'plan.schema.json', make: () => `${JSON.stringify(planJsonSchema(), null, 2)}\n` },
  {
    file: 'multitenant-api.openapi.json',
    make: async () => `${JSON.stringify(await describeService(), null, 2)}\n`,
  },
];

function version(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL('../apps/responder/package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Writes every file, or with `--check` only compares; answers the names of those that were not up to date. */
async function generate(check: boolean): Promise<string[]> {
  const stale = await Promise.all(
    generated.map(async ({ file, make }) => {
      const path = fileURLToPath(new URL(file, import.meta.url));
      const text = await make();
      if (read(path) === text) return [];
      if (!check) writeFileSync(path, text);
      return [`docs/${file}`];
    }),
  );
  return stale.flat();
}

const check = process.argv.includes('--check');
const stale = await generate(check);
if (stale.length > 0)
  console.error(
    check ? `stale: ${stale.join(', ')}; run node docs/generate.ts` : `wrote ${stale.join(', ')}`,
  );
process.exitCode = check && stale.length > 0 ? 1 : 0;
