import { defineConfig } from 'vitest/config';

const kubeconfig = process.env['TOCSIN_TEST_KUBECONFIG'] ?? process.env['KUBECONFIG'];

export default defineConfig({
  test: {
    include: ['apps/sandbox/test/cluster/**/*.cluster.test.ts'],
    pool: 'forks',
    reporters: ['default', './test/closing-line-reporter.ts'],
    env: kubeconfig === undefined ? {} : { TOCSIN_TEST_KUBECONFIG: kubeconfig },
    testTimeout: 60_000,
    hookTimeout: 240_000,
  },
});
