import type { DependencyCheck, LogSignature } from '#facts';
import { presentSignatures, type CaseFile } from '../case-file.ts';
import { countOf, databaseOf, freshChecks } from '../dependencies.ts';
import { poolLeak } from './pool-leak.ts';
import { poolState } from '../pool-state.ts';
import type { Finding, Scenario } from '../scenario.ts';
import { seenAt } from '../seen-at.ts';

/** A line may be written a moment after what it tells of. */
const overAfterMs = 2000;

function isFull({ outcome, detail, values }: DependencyCheck): boolean {
  if (outcome === 'rejected')
    return /53300|too many (?:clients|connections)|slots are reserved/i.test(detail);
  const { connections, connectionSlots } = values;
  return connections !== undefined && connectionSlots !== undefined && connections >= connectionSlots;
}

function checkWords({ outcome, detail, values }: DependencyCheck): string {
  if (outcome === 'rejected') return `the database turns a new client away: ${detail}`;
  const idle = values['idleInTransaction'] ?? 0;
  return `${values['connections']} of ${values['connectionSlots']} connection slots are taken, ${idle} idle in transaction`;
}

/** The newest count with free slots. */
function roomyCheck(checks: readonly DependencyCheck[]): DependencyCheck | undefined {
  return checks.find((one) => one.outcome === 'ok' && !isFull(one) && 'connections' in one.values);
}

function objections(checks: readonly DependencyCheck[]): readonly string[] {
  const roomy = roomyCheck(checks);
  return roomy === undefined ? [] : [`the newest count says ${checkWords(roomy)}`];
}

/** Slots were counted as free after the last line that says that there are none: what filled them is over. */
function isOver(seen: readonly LogSignature[], checks: readonly DependencyCheck[]): boolean {
  const lastAt = Math.max(...seen.map((one) => one.lastAt));
  const roomy = roomyCheck(checks);
  return roomy !== undefined && roomy.at > lastAt + overAfterMs;
}

function ofLogs(count: number): number {
  if (count === 0) return 0;
  return count >= 3 ? 0.95 : 0.75;
}

function ofChecks(full: readonly DependencyCheck[]): number {
  if (full.length === 0) return 0;
  return full.length > 1 || full.some((one) => one.outcome === 'rejected') ? 0.95 : 0.85;
}

function hasRestarted({ living }: CaseFile): boolean {
  return living.some((pod) => pod.containers.some((one) => one.restartCount > 0));
}

/** The server turns clients away: SQLSTATE 53300 in logs, or no free slot in its own count. */
function serverFull(file: CaseFile): readonly Finding[] {
  const seen = presentSignatures(file).filter((one) => one.signature === 'sqlstate:53300');
  const count = countOf(seen);
  const subject = databaseOf(file)?.subject ?? '';
  const checks = freshChecks(file, subject).filter((one) => one.kind === 'postgres');
  const full = checks.filter(isFull);
  if (full.length === 0 && (count === 0 || isOver(seen, checks))) return [];
  return [
    {
      id: 'database-connection-exhaustion',
      subject,
      confidence: Math.max(ofLogs(count), ofChecks(full)),
      for: [
        ...(count === 0
          ? []
          : [
              `${count} log lines with SQLSTATE 53300 (too many clients) in ${seen.map((one) => one.pod).join(', ')}`,
            ]),
        ...full.slice(0, 1).map(checkWords),
        ...poolState(file).words,
        ...(hasRestarted(file) ? [] : ['no container restarted']),
      ],
      against: objections(checks),
      settles: count >= 3 || full.length > 0 ? [] : ['the count of client backends against max_connections'],
      ...seenAt([...seen.map((one) => one.lastAt), ...full.map((one) => one.at)]),
    },
  ];
}

/**
 * No connection to the database is to be had: the server has no slot left (subject: the database), or the application has lent out
 * its own pool and gets nothing back (subject: the application; the server is roomy and the fix the opposite). Rests on the recording
 * postgres-too-many-clients and https://www.postgresql.org/docs/current/errcodes-appendix.html.
 */
export const databaseConnectionExhaustion: Scenario = {
  id: 'database-connection-exhaustion',
  ruledOut: 'no pod was refused a database connection (SQLSTATE 53300)',
  find(file) {
    const full = serverFull(file);
    return full.length > 0 ? full : poolLeak(file);
  },
};
