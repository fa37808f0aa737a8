import type { Alerts } from '#alerts';
import type { Assessment } from '#detection';
import type { Incidents } from '#incidents';

export interface HeldBackOptions {
  readonly serviceId: string;
  readonly alerts: Pick<Alerts, 'maintenance' | 'heldBack'>;
  readonly incidents: Pick<Incidents, 'findOpen'>;
}

/**
 * True when a maintenance window of the whole service keeps detection from opening an incident; that is put on record. It never
 * holds back an open incident, nor what a person says.
 */
export async function isHeldBack(
  { serviceId, alerts, incidents }: HeldBackOptions,
  { verdict, confirmedBy, reason }: Pick<Assessment, 'verdict' | 'confirmedBy' | 'reason'>,
): Promise<boolean> {
  if (verdict !== 'confirmed' || confirmedBy.includes('H')) return false;
  const window = alerts.maintenance().find(({ active, wholeService }) => active && wholeService);
  if (window === undefined || (await incidents.findOpen(serviceId)) !== null) return false;
  await alerts.heldBack(window.name, reason);
  return true;
}
