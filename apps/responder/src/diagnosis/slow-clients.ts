import type { CaseFile } from './case-file.ts';

const windowMs = 20_000;
const slowMs = 1000;
const minRequests = 10;

/** Says so when most answers to clients of most tenants are slow and hardly any fails; null otherwise. */
export function slowClients({ facts }: CaseFile): string | null {
  const recent = facts.probes.filter(
    (one) => one.endedAt > facts.at - windowMs && one.tenant !== null && one.outcome !== 'aborted',
  );
  const answered = recent.filter((one) => one.outcome === 'ok');
  const slow = answered.filter((one) => one.durationMs > slowMs);
  if (recent.length < minRequests || answered.length < recent.length * 0.95) return null;
  if (slow.length * 2 < answered.length) return null;
  const tenants = new Set(recent.map((one) => one.tenant)).size;
  const waiting = new Set(slow.map((one) => one.tenant)).size;
  if (waiting * 2 < tenants) return null;
  return `${slow.length} of ${answered.length} answers took longer than 1 s, for ${waiting} of ${tenants} tenants, and hardly any failed`;
}
