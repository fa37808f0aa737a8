import { Link } from '@tanstack/react-router';
import type { IncidentListItem } from '@tocsin/contract';
import { SeverityBadge } from '../incident/severity-badge.tsx';
import { incidentStatusWords } from '../incident/status-words.ts';
import { formatClock, formatDate, formatDuration } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';

/** One incident as a link; the open one large and with its running clock. */
export function IncidentRow({
  incident,
  prominent = false,
}: {
  readonly incident: IncidentListItem;
  readonly prominent?: boolean;
}) {
  return (
    <Link
      to="/incidents/$id"
      params={{ id: incident.id }}
      className={prominent ? 'incident-row prominent' : 'incident-row'}
      data-severity={incident.severity}
    >
      <span className="incident-row-head">
        <SeverityBadge severity={prominent ? incident.severity : incident.worstSeverity} />
        <strong>
          #{incident.number} {causeOf(incident)}
        </strong>
        {incident.drill && <span className="tag">drill</span>}
      </span>
      {prominent ? <Prominent incident={incident} /> : <Past incident={incident} />}
    </Link>
  );
}

function causeOf({ diagnosis, title }: IncidentListItem): string {
  return diagnosis === null ? title : `${diagnosis.id} ${diagnosis.subject}`;
}

function Prominent({ incident }: { readonly incident: IncidentListItem }) {
  const now = useNow();
  return (
    <>
      <span>{incident.severityReason}</span>
      <span className="row-facts">
        <span className="numbers">{formatClock(now - Date.parse(incident.detectedAt))}</span>
        <span>{incidentStatusWords[incident.status]}</span>
        <span>{incident.waits ? 'not acknowledged' : 'acknowledged'}</span>
        {incident.stepsWaiting > 0 && (
          <strong>
            {incident.stepsWaiting} {incident.stepsWaiting === 1 ? 'step waits' : 'steps wait'} for approval
          </strong>
        )}
      </span>
    </>
  );
}

function Past({ incident }: { readonly incident: IncidentListItem }) {
  return (
    <span className="row-facts">
      <span className="numbers">{formatDate(incident.detectedAt)}</span>
      {incident.mitigatedAt !== null && (
        <span>
          harm ended after{' '}
          {formatDuration(Date.parse(incident.mitigatedAt) - Date.parse(incident.detectedAt))}
        </span>
      )}
      <span>{incidentStatusWords[incident.status]}</span>
      {incident.status === 'resolved' && (
        <span>{incident.reviewedAt === null ? 'not reviewed yet' : 'reviewed'}</span>
      )}
    </span>
  );
}
