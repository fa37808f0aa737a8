import type { Incident } from '../incident.ts';

/** Null while the outage is being worked on; otherwise why it is not. */
export function whyNotActive({ number, status }: Incident): string | null {
  return status === 'resolved' || status === 'stable'
    ? `incident #${number} is ${status}; expected one that is open, mitigated or verified`
    : null;
}

/** True for the incident that detection follows: at most one a service. */
export function isFollowed(incident: Incident): boolean {
  return !incident.detached && whyNotActive(incident) === null;
}
