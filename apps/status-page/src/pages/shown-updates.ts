import type { PageIncident, PageUpdate } from '@tocsin/contract';
import type { Words } from '../words/words.ts';

/** The updates of an incident, newest first, with what is measured where nobody has written yet: that it began, and that it ended. */
export function shownUpdates(incident: PageIncident, words: Words): readonly PageUpdate[] {
  const { id, updates, startedAt, resolvedAt, endMeasured, status } = incident;
  const began: PageUpdate = {
    id: `${id}-began`,
    status: 'investigating',
    body: words.measured,
    at: startedAt,
  };
  const ended: PageUpdate[] =
    endMeasured && status === 'resolved' && resolvedAt !== null && updates[0]?.status !== 'resolved'
      ? [{ id: `${id}-ended`, status: 'resolved', body: words.measuredEnd, at: resolvedAt }]
      : [];
  return [...ended, ...(updates.length === 0 ? [began] : updates)];
}

/** What an incident is called: how bad it was, and what of the service. */
export function incidentTitle(
  incident: PageIncident,
  words: Words,
  names: ReadonlyMap<string, string>,
): string {
  const hit = incident.componentIds.map((id) => names.get(id) ?? id).join(', ');
  const what = words.incident[incident.worst ?? 'unmeasured'];
  return `${incident.drill ? `${words.drill}: ` : ''}${what}${hit === '' ? ` #${incident.number}` : `: ${hit}`}`;
}
