import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import OneStageAtATime from './test/one-stage-at-a-time.ts';

export default defineConfig({
  test: {
    include: ['{apps,packages}/*/{src,test}/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.long.test.ts'],
    pool: 'forks',
    reporters: ['default', './test/closing-line-reporter.ts'],
    maxWorkers: 2,
    sequence: { sequencer: OneStageAtATime },
    setupFiles: ['./test/generated-inputs.ts'],
    // What tests start by the hundred is compiled once.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/tocsin/compiled') },
    // Real processes on a busy machine: what is asserted are events, never how long they took.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000, interval: 50 } },
  },
});
