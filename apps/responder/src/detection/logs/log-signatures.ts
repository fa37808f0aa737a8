import type { EpochMs, LogSignature } from '#facts';

/** What a line of a service's log means, by patterns that many runtimes share. */
interface Pattern {
  readonly match: RegExp;
  readonly signature: (match: RegExpExecArray) => string;
}

const address = String.raw`(\[?[0-9a-fA-F.:]+?\]?:\d+|[a-z0-9][a-z0-9.-]*:\d+)`;

const patterns: readonly Pattern[] = [
  {
    match:
      /(?:sqlstate|code)["'\s:=[]*53300\b|too many clients already|remaining connection slots are reserved/i,
    signature: () => 'sqlstate:53300',
  },
  {
    match: new RegExp(String.raw`(?:ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\s+${address}`),
    signature: (match) => `unreachable:${match[1]}`,
  },
  { match: new RegExp(String.raw`ECONNREFUSED\s+${address}`), signature: (match) => `refused:${match[1]}` },
  {
    match: /Connection terminated due to connection timeout|connection to server .{0,80}timeout expired/,
    signature: () => 'connect-timeout',
  },
  {
    match: /Cannot find module|ModuleNotFoundError|executable file not found|no such file or directory/,
    signature: () => 'module-not-found',
  },
  {
    match:
      /Query read timeout|canceling statement due to (?:statement|lock) timeout|Lock wait timeout exceeded|\b(?:database|postgres\w*|mysql|query)\b.{0,40}\b(?:did not answer within|timed out after)\b/i,
    signature: () => 'query-timeout',
  },
  {
    match:
      /timeout exceeded when trying to connect|QueuePool limit .* timed out|Connection is not available, request timed out/,
    signature: () => 'pool-timeout',
  },
  {
    match: /redis.*\b(?:command timed out|timed? ?out|does not answer|did not answer within)\b/i,
    signature: () => 'cache-timeout',
  },
  { match: /OutOfMemoryError|heap out of memory|Cannot allocate memory/i, signature: () => 'out-of-memory' },
];

/** The signature of one log line; null for a line that says nothing known. */
export function logSignature(line: string): string | null {
  for (const { match, signature } of patterns) {
    const found = match.exec(line);
    if (found !== null) return signature(found);
  }
  return null;
}

/** How often each signature occurs in a log, and when last; lines may begin with the time that Kubernetes adds. */
export function countSignatures(text: string, readAt: EpochMs): readonly Omit<LogSignature, 'pod'>[] {
  const found = new Map<string, Omit<LogSignature, 'pod'>>();
  for (const line of text.split('\n')) {
    const signature = logSignature(line);
    if (signature === null) continue;
    const stamped = Date.parse(/^\S+Z(?= )/.exec(line)?.[0] ?? '');
    const lastAt = Number.isNaN(stamped) ? readAt : stamped;
    found.set(signature, { signature, count: (found.get(signature)?.count ?? 0) + 1, lastAt });
  }
  return [...found.values()];
}
