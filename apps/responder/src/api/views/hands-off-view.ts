import type { HandsOffSet } from '@tocsin/contract';
import type { HandsOff } from '#incidents';
import { iso } from './iso.ts';
import { actorView } from './names.ts';

/** The switch as the wire shows it; null while changes are allowed. */
export function handsOffSet(handsOff: HandsOff | null): HandsOffSet | null {
  if (handsOff === null) return null;
  return { since: iso(handsOff.since), by: actorView(handsOff.by), reason: handsOff.reason };
}
