import type { Database, Queryable } from '../src/platform/index.ts';

/**
 * The same database, whose n-th SQL statement kills this process by SIGKILL: `before:n`, or `after:n` its answer; a commit counts as one.
 * Only statements are counted for which `counts` is true when they begin.
 */
export function dyingDatabase(inner: Database, killAt: string, counts: () => boolean = () => true): Database {
  const [when, nth] = killAt.split(':');
  let statements = 0;
  const step = async <T>(run: () => Promise<T>): Promise<T> => {
    if (!counts()) return run();
    statements += 1;
    const mine = statements === Number(nth);
    if (mine && when === 'before') process.kill(process.pid, 'SIGKILL');
    const result = await run();
    if (mine && when === 'after') process.kill(process.pid, 'SIGKILL');
    return result;
  };
  const wrap = (target: Queryable): Queryable => ({
    query: (sql, values) => step(() => target.query(sql, values)),
  });
  return {
    ...inner,
    query: wrap(inner).query,
    transact: async (work) => {
      const result = await inner.transact((tx) => work({ ...tx, ...wrap(tx) }));
      // After the commit, too.
      await step(() => Promise.resolve(result));
      return result;
    },
  };
}
