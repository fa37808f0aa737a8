/** Preloaded into a service under test (`--import`): answers its parent what only the process itself knows. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

process.on('message', (question) => {
  if (question === 'modules') process.send?.(Object.keys(require.cache));
  if (question === 'heap') {
    // Needs --expose-gc: what is left after a full collection is what the process keeps.
    globalThis.gc?.();
    process.send?.(process.memoryUsage().heapUsed);
  }
});
// Listening to the parent alone must not keep the process.
process.channel?.unref();
