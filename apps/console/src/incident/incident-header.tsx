import type { IncidentView } from '@tocsin/contract';
import { SiblingLines } from './sibling-lines.tsx';
import { formatTimeOfDay } from '../time/format-time.ts';
import { ClockFace } from './phase-clock.tsx';
import { SeverityBadge } from './severity-badge.tsx';
import { incidentStatusWords } from './status-words.ts';

/** The likeliest cause in a few words; honest while there is none. */
function cause({ diagnoses: [first], detached, title }: IncidentView): string {
  if (detached) return title;
  if (first === undefined || first.id === 'unknown') return 'cause not known yet';
  return `${first.id} ${first.subject}`;
}

/** Stays on top: how bad, in what state, and how long already. */
export function IncidentHeader({ incident }: { readonly incident: IncidentView }) {
  return (
    <div className="incident-header" data-severity={incident.severity}>
      <div className="incident-header-row">
        <SeverityBadge severity={incident.severity} />
        <h1>
          <span className="quiet">#{incident.number}</span> {cause(incident)}
        </h1>
        {incident.drill !== null && <span className="tag">drill</span>}
        <ClockFace clock={incident.phaseClock} />
      </div>
    </div>
  );
}

/** Who took it last, and whether people were called again since. */
function acknowledged({ times: { answeredAt, acknowledgedBy }, waits }: IncidentView): string {
  if (answeredAt === null) return 'not acknowledged yet';
  const last = `acknowledged ${formatTimeOfDay(answeredAt)} by ${acknowledgedBy ?? 'somebody'}`;
  return waits ? `${last}; called again, not acknowledged since` : last;
}

/** The reason in a sentence, and where the response stands. */
export function IncidentLead({ incident }: { readonly incident: IncidentView }) {
  const { times } = incident;
  return (
    <div className="lead">
      <p className="reason">{incident.severityReason}</p>
      <p className="row-facts quiet">
        <strong className="status-word">{incidentStatusWords[incident.status]}</strong>
        <span>detected {formatTimeOfDay(times.detectedAt)}</span>
        <span>{acknowledged(incident)}</span>
        <span>{incident.severityName}</span>
        <span>{incident.serviceId}</span>
        {incident.severityFloor !== null && (
          <span>set by a person, does not fall below {incident.severityFloor}</span>
        )}
      </p>
      {incident.roles.length > 0 && (
        <p className="row-facts quiet">
          {incident.roles.map(({ role, personName }) => (
            <span key={role}>
              {role}: {personName}
            </span>
          ))}
        </p>
      )}
      {incident.snoozedUntil !== null && (
        <p>Nobody is called until {formatTimeOfDay(incident.snoozedUntil)}, because a person asked for it.</p>
      )}
      <SiblingLines incident={incident} />
      {incident.handsOff && (
        <p className="hands-off">
          <strong>Hands off is on:</strong> Tocsin changes nothing in the cluster.
        </p>
      )}
    </div>
  );
}
