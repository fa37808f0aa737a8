import type { Incident, Incidents, LaterInput } from '#incidents';
import type { Person } from '#oncall';
import { AppError } from '#platform';
import type { Answered } from './acknowledge-for.ts';

/**
 * Hands an input to the core in the name of a person who answered a message: the core decides whether they may. A refusal is an
 * answer too.
 */
export async function actFor(
  incidents: Pick<Incidents, 'apply'>,
  incident: Incident,
  {
    person,
    body,
    say,
  }: {
    readonly person: Person;
    readonly body: LaterInput;
    /** What came of it, from the incident as it then stands. */
    readonly say: (after: Incident) => string;
  },
): Promise<Answered> {
  try {
    const actor = { kind: 'user', id: person.id, name: person.name } as const;
    return { ok: true, text: say(await incidents.apply(incident.id, body, actor)) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, text: `#${incident.number}: ${error.message}.` };
  }
}
