import type { Evidence } from './evidence.ts';
import { limits } from './limits.ts';
import type { Ruling } from './ruling.ts';
import { alertWords, reportWords } from './told-view.ts';

/** Integrity or security is said to be at stake: the worst at once; what is green does not speak against it. */
export function restricted({ told: { flag } }: Evidence): Ruling | null {
  if (flag === null) return null;
  const why = `${flag.flag === 'security' ? 'a security breach' : 'a risk for the integrity of data'} is reported: ${flag.words}`;
  return { verdict: 'confirmed', rank: 'critical', by: [flag.by], why, restricted: flag.flag };
}

function isMeasurable({ clients, metrics }: Evidence): boolean {
  return clients.total.requests >= limits.minRequests || (metrics.known && metrics.tenants.length > 0);
}

/** An alert of the highest severity opens at its word; after a minute, what is measured counts, where anything can be. */
export function alarm(evidence: Evidence): Ruling | null {
  const { critical } = evidence.told;
  if (critical === null) return null;
  const fresh = evidence.at - critical.receivedAt < limits.otherPersistMs;
  if (!fresh && isMeasurable(evidence)) return null;
  const measured = fresh ? 'not measured yet' : 'nothing can be measured';
  return {
    verdict: 'confirmed',
    rank: 'critical',
    by: ['E'],
    why: `${alertWords(critical)}: ${critical.severity} by its word, ${measured}`,
  };
}

function words({ told: { alerts, reports } }: Evidence): string {
  const all = [...alerts.map(alertWords), ...reports.map(reportWords)];
  return `${all.slice(0, 2).join('; ')}${all.length > 2 ? ` and ${all.length - 2} more` : ''}`;
}

/** What somebody said a minute ago and no measurement confirms: it never just expires. */
export function told(evidence: Evidence): Ruling | null {
  const { alerts, reports } = evidence.told;
  const late = (from: number) => evidence.at - from >= limits.unconfirmedAfterMs;
  const byAlerts = alerts.some((one) => late(one.receivedAt));
  const byReports = reports.some((one) => late(one.firstAt));
  if (!byAlerts && !byReports) return null;
  return {
    verdict: 'confirmed',
    rank: 'minor',
    by: [...(byAlerts ? (['E'] as const) : []), ...(byReports ? (['H'] as const) : [])],
    why: `unconfirmed: ${words(evidence)}; nothing that is measured says so after 60 s`,
  };
}

/** What has just been said: everything is looked at now. */
export function toldSuspicion(evidence: Evidence): Ruling | null {
  const { alerts, reports } = evidence.told;
  if (alerts.length + reports.length === 0) return null;
  return { verdict: 'suspected', rank: null, by: [], why: `${words(evidence)}; being checked` };
}
