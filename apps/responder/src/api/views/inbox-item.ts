import type { InboxItem } from '@tocsin/contract';
import type { InboxMessage } from '#comms';
import { type Incident, newestAnswer, waitsForAnswer } from '#incidents';
import { iso, isoOrNull } from './iso.ts';
import type { NameOf } from './names.ts';

/** A page in the inbox, with what has become of its incident. */
export function inboxItem(message: InboxMessage, incident: Incident | null, nameOf: NameOf): InboxItem {
  return {
    id: message.id,
    incidentId: message.incidentId,
    subject: message.subject,
    body: message.body,
    at: iso(message.at),
    readAt: isoOrNull(message.readAt),
    ...outcome(message, incident, nameOf),
  };
}

function outcome({ pageId }: InboxMessage, incident: Incident | null, nameOf: NameOf) {
  if (incident === null)
    return { acknowledgedAt: null, acknowledgedBy: null, incidentStatus: 'resolved', severity: '' };
  const answer = answerTo(pageId, incident);
  return {
    acknowledgedAt: isoOrNull(answer?.at ?? null),
    acknowledgedBy: answer === null ? null : nameOf(answer.by),
    incidentStatus: incident.status,
    severity: incident.severity,
  };
}

/** Of this page; of what is none, the newest answer to the incident, while it waits for no other. */
function answerTo(pageId: string | null, incident: Incident): ReturnType<typeof newestAnswer> {
  const newest = newestAnswer(incident);
  const page = incident.pages.find((one) => one.id === pageId);
  if (page === undefined) return waitsForAnswer(incident) ? null : newest;
  const { acknowledgedAt, acknowledgedBy = newest?.by ?? 'somebody' } = page;
  return acknowledgedAt === null ? null : { at: acknowledgedAt, by: acknowledgedBy };
}
