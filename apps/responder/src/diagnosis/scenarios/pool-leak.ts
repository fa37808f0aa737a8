import { isLoginRefused } from '#facts';
import { presentSignatures, type CaseFile } from '../case-file.ts';
import { countOf, databaseOf, freshChecks, linesAbout, type Dependency } from '../dependencies.ts';
import { newestPolicy, waysTo } from '../new-policy.ts';
import { poolState } from '../pool-state.ts';
import type { Finding } from '../scenario.ts';
import { seenAt } from '../seen-at.ts';

/** A pool that is empty for a moment is a peak, not a leak. */
const leakMs = 10_000;

/** Something else explains an empty pool: the server is full, gone or cut off, or queries hang. */
function isExplained(file: CaseFile, database: Dependency): boolean {
  const other = ['sqlstate:53300', 'query-timeout'];
  if (presentSignatures(file).some((one) => other.includes(one.signature))) return true;
  if (linesAbout(file, 'unreachable', database).length > 0) return true;
  if (newestPolicy(file, waysTo(file, database.pods)) !== null) return true;
  if (linesAbout(file, 'refused', database).length > 0 || database.workload.readyReplicas === 0) return true;
  return freshChecks(file, database.subject).some(
    (one) => (one.outcome !== 'ok' && !isLoginRefused(one)) || (one.values['lockWaits'] ?? 0) > 0,
  );
}

/** The application's own pool is empty and stays so, while queries that are under way do not hang and the server has room. */
export function poolLeak(file: CaseFile): readonly Finding[] {
  const database = databaseOf(file);
  const lines = presentSignatures(file).filter((one) => one.signature === 'pool-timeout');
  const waits = countOf(lines);
  const pool = poolState(file);
  if (database === undefined || waits < 3 || !pool.starved || file.harmForMs < leakMs) return [];
  if (isExplained(file, database)) return [];
  const checks = freshChecks(file, database.subject);
  return [
    {
      id: 'database-connection-exhaustion',
      subject: file.workloadSubject,
      confidence: checks.length > 0 ? 0.88 : 0.75,
      for: [
        `${waits} requests got no connection from the application's own pool`,
        ...pool.words,
        ...checks.slice(0, 1).map((one) => `${database.subject} answers in ${Math.round(one.durationMs)} ms`),
      ],
      against: ['a database that is slow empties the pool, too; no query was seen to hang'],
      settles: checks.length > 0 ? [] : ['what the connections of the pool are doing (pg_stat_activity)'],
      ...seenAt(lines.map((one) => one.lastAt)),
    },
  ];
}
