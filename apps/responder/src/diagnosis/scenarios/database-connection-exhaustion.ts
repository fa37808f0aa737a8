import { dependencies, presentSignatures, type CaseFile } from '../case-file.ts';
import type { Scenario } from '../scenario.ts';

function databaseSubject(file: CaseFile): string {
  const known = dependencies(file).map((one) => one.subject);
  const named = known.find((subject) => /postgres|pg|sql|database|db/i.test(subject));
  return named ?? known.find((subject) => subject.startsWith('statefulset/')) ?? '';
}

function poolWords({ facts }: CaseFile): readonly string[] {
  const full = (facts.metrics.at(-1)?.pools ?? []).filter((one) => one.waiting > 0 && one.inUse >= one.size);
  return full.map(
    (one) => `${one.pod}: all ${one.size} pooled connections lent, ${one.waiting} requests wait`,
  );
}

/** The server refuses connections because none is free (SQLSTATE 53300). A full pool of the application alone is not this. */
export const databaseConnectionExhaustion: Scenario = {
  id: 'database-connection-exhaustion',
  ruledOut: 'no pod was refused a database connection (SQLSTATE 53300)',
  find(file) {
    const seen = presentSignatures(file).filter((one) => one.signature === 'sqlstate:53300');
    const count = seen.reduce((sum, one) => sum + one.count, 0);
    if (count === 0) return [];
    const restarts = file.living.some((pod) => pod.containers.some((one) => one.restartCount > 0));
    return [
      {
        id: 'database-connection-exhaustion',
        subject: databaseSubject(file),
        confidence: count >= 3 ? 0.95 : 0.75,
        for: [
          `${count} log lines with SQLSTATE 53300 (too many clients) in ${seen.map((one) => one.pod).join(', ')}`,
          ...poolWords(file),
          ...(restarts ? [] : ['no container restarted']),
        ],
        against: [],
        settles: count >= 3 ? [] : ['the count of client backends against max_connections'],
      },
    ];
  },
};
