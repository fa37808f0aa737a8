import { type Incident, type Incidents, newestAnswer } from '#incidents';
import type { Person } from '#oncall';
import { AppError } from '#platform';

/** What came of somebody's answer, in a sentence for them. */
export interface Answered {
  readonly ok: boolean;
  readonly text: string;
}

/**
 * Acknowledges an incident in the name of a person who answered a page: the person is on record, and by which way. A refusal of the core
 * is an answer too.
 */
export async function acknowledgeFor(
  incidents: Pick<Incidents, 'apply'>,
  incident: Incident,
  { person, via }: { readonly person: Person; readonly via: string },
): Promise<Answered> {
  const actor = { kind: 'user', id: person.id, name: person.name } as const;
  try {
    const after = await incidents.apply(incident.id, { kind: 'acknowledge', via }, actor);
    const answer = newestAnswer(after);
    const isNew = answer?.by === person.id && answer.at !== newestAnswer(incident)?.at;
    if (isNew) return { ok: true, text: `#${after.number} is acknowledged by ${person.name}.` };
    return { ok: true, text: `#${after.number} was already acknowledged by ${answer?.by ?? 'somebody'}.` };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, text: `#${incident.number} cannot be acknowledged: ${error.message}.` };
  }
}
