import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{apps,packages}/*/{src,test}/**/*.long.test.ts', 'test/**/*.long.test.ts'],
    pool: 'forks',
    reporters: ['default', './test/closing-line-reporter.ts'],
    maxWorkers: 1,
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
  },
});
