import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/**
 * Generated inputs are the same in every run, so that a failure can be repeated and a change is what made it.
 * `FC_SEED=$RANDOM npm test` draws others.
 */
const seed = Number(process.env['FC_SEED'] ?? 20_250_928);
const file = expect.getState().testPath;
if (file !== undefined && /fast-check|hostile-values|generated-/.test(readFileSync(file, 'utf8'))) {
  const { configureGlobal } = await import('fast-check');
  configureGlobal({ seed });
}
