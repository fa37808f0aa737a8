import type { Incident, Page } from '../incident.ts';
import { isUnanswered } from './waiting.ts';

/** Whether a page without an answer moves on: while the harm lasts, and after it while one about a sign of life that stopped has no answer. */
export function stillCalls(incident: Incident): boolean {
  return incident.status === 'open' || pageAfterHarm(incident) !== undefined;
}

/** What the next person is told where the harm is over, and is not why people are called. */
export function aboutAfterHarm(incident: Incident): string | undefined {
  return incident.status === 'open' ? undefined : (pageAfterHarm(incident)?.note ?? undefined);
}

/** Once the incident is stable, a missing sign of life opens one of its own. */
function pageAfterHarm({ status, pages }: Incident): Page | undefined {
  if (status !== 'mitigated' && status !== 'verified') return undefined;
  return pages.find((page) => page.cause === 'heartbeat-missing' && isUnanswered(page));
}
