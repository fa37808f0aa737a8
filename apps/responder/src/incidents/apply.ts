import type { Transaction } from '#platform';
import type { Actor } from './core/actor.ts';
import type { Incident } from './core/incident.ts';
import type { InputBody } from './core/input.ts';
import { holdIncident, takeInput, type IncidentsOptions } from './shell.ts';

/** Halves of what concerns two incidents at once: see merge-and-split.ts. */
type Both = 'merge' | 'take-over' | 'split' | 'open-split';

/** What can happen to one incident that exists. */
export type LaterInput = Exclude<InputBody, { kind: Both | 'assess' | 'declare' }>;

/** Locks the incident, decides the input on its pinned plan, and writes all that follows, in the given transaction. */
export async function applyIn(
  options: IncidentsOptions,
  tx: Transaction,
  incidentId: string,
  what: { readonly body: LaterInput; readonly actor: Actor },
): Promise<Incident> {
  const before = await holdIncident(options, tx, incidentId);
  const held = await takeInput(options, tx, before, what);
  return held.locked?.incident ?? before.locked.incident;
}
