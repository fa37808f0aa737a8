import type { InboxItem } from '@tocsin/contract';
import type { InboxMessage } from '#comms';
import type { Incident } from '#incidents';
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
    ...outcome(incident, nameOf),
  };
}

function outcome(incident: Incident | null, nameOf: NameOf) {
  if (incident === null)
    return { acknowledgedAt: null, acknowledgedBy: null, incidentStatus: 'resolved', severity: '' };
  const by = incident.acknowledgedBy;
  return {
    acknowledgedAt: isoOrNull(incident.acknowledgedAt),
    acknowledgedBy: by === null ? null : nameOf(by),
    incidentStatus: incident.status,
    severity: incident.severity,
  };
}
