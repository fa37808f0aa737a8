import { AppError, type Transaction } from '#platform';
import type { Actor } from './core/actor.ts';
import type { HandsOff } from './core/incident.ts';
import { holdIncident, takeInput, type IncidentsOptions } from './shell.ts';
import { readHandsOff, writeHandsOff } from './store/hands-off.ts';

/** What a person says of the switch. */
export interface HandsOffRequest {
  readonly on: boolean;
  readonly reason: string;
}

/**
 * Stops every change on every incident, or allows them again: the switch, and a note on each incident that is not closed, in one
 * transaction. Answers how it then stands. Throws AppError: setting it needs a responder, lifting it an approver.
 */
export async function setHandsOffEverywhere(
  options: IncidentsOptions,
  { on, reason }: HandsOffRequest,
  actor: Actor,
): Promise<HandsOff | null> {
  refuseUnlessMay(options, on, actor);
  return options.db.transact(async (tx) => {
    await tx.query('lock table hands_off in share row exclusive mode');
    const before = await readHandsOff(tx);
    if ((before !== null) === on) return before;
    await writeHandsOff(tx, { on, by: actor, reason });
    const text = on
      ? `Hands off everywhere: every change is stopped (${reason})`
      : `Hands off everywhere is lifted: approved changes run again (${reason})`;
    for (const id of await openIncidents(tx)) {
      const held = await holdIncident(options, tx, id);
      await takeInput(options, tx, held, { body: { kind: 'note', text }, actor });
    }
    return readHandsOff(tx);
  });
}

function refuseUnlessMay({ personOf }: IncidentsOptions, on: boolean, actor: Actor): void {
  const role = personOf(actor)?.role ?? 'viewer';
  const may = on ? role !== 'viewer' : role === 'approver' || role === 'admin';
  if (!may)
    throw new AppError(
      'not-allowed',
      `hands off: ${role} may not ${on ? 'set' : 'lift'} it; expected ${on ? 'responder' : 'approver'} or more`,
    );
}

/** In the order in which every writer of several locks them. */
async function openIncidents(tx: Transaction): Promise<readonly string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from incidents where status not in ('resolved', 'stable') order by id`,
  );
  return rows.map((one) => one.id);
}
