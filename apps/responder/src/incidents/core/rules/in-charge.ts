import type { Incident } from '../incident.ts';

/** Who answers for the incident, by id, the first is asked first: its commander, who acknowledged it, whom the newest page called. */
export function inCharge({ roles, acknowledgedBy, pages }: Incident): readonly string[] {
  const ids = [roles.commander, acknowledgedBy, pages.at(-1)?.person];
  return [...new Set(ids.filter((id) => id !== undefined && id !== null))];
}
