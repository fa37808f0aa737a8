import type { Reporter, TestModule } from 'vitest/node';

/** Prints one plain closing line, `N passed, N failed, N skipped`, that any CI can read. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    let brokenFiles = 0;
    for (const module of modules) {
      if (module.errors().length > 0) brokenFiles += 1;
      for (const test of module.children.allTests()) count[test.result().state] += 1;
    }
    console.log(
      `${count.passed} passed, ${count.failed + brokenFiles} failed, ${count.skipped + count.pending} skipped`,
    );
  }
}
