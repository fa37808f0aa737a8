import type { Incident } from '../incident.ts';

/** Id of who tells others: who has communications, else the commander, else who acknowledged; null while nobody has taken the incident. */
export function whoInforms({ roles, acknowledgedBy }: Incident): string | null {
  return roles.communications ?? roles.commander ?? acknowledgedBy;
}
