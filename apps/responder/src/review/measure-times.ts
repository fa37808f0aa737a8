import type { EpochMs } from '#facts';
import type { Incident, IncidentEvent } from '#incidents';

/** One stretch of an incident: both ends, null where it has not come to that, and how the ends are known. */
export interface Span {
  readonly name: 'detection' | 'acknowledge' | 'response' | 'mitigation' | 'recovery' | 'stability';
  readonly fromAt: EpochMs | null;
  readonly toAt: EpochMs | null;
  /** Milliseconds; null while an end is missing. */
  readonly tookMs: number | null;
  readonly method: string;
}

/** The six times of an incident, each with both ends. Source: docs/architecture.md, "Times". */
export function measureTimes(incident: Incident, events: readonly IncidentEvent[]): readonly Span[] {
  const firstPageAt = firstAt(events, 'page-queued');
  const respondedAt = firstReadAt(events) ?? incident.respondedAt;
  const impact = incident.impactStartMethod;
  return [
    span('detection', [incident.impactStartAt, incident.detectedAt], `impact start estimated: ${impact}`),
    span('acknowledge', [firstPageAt, incident.acknowledgedAt], 'first page queued, a person took it'),
    span('response', [incident.detectedAt, respondedAt], 'detected, first diagnostic action'),
    span(
      'mitigation',
      [incident.impactStartAt, incident.mitigatedAt],
      'impact start (estimated), impact end (measured)',
    ),
    span(
      'recovery',
      [incident.impactStartAt, incident.verifiedAt],
      'impact start (estimated), service verified from outside',
    ),
    span('stability', [incident.verifiedAt, incident.stableAt], 'verified, stability hold passed'),
  ];
}

/** The first diagnostic action: a read of the document that really started. */
function firstReadAt(events: readonly IncidentEvent[]): EpochMs | null {
  const starts = events.flatMap(({ body }) =>
    body.type === 'evidence-collected' ? [body.evidence.startedAt] : [],
  );
  return starts.length === 0 ? null : Math.min(...starts);
}

function firstAt(events: readonly IncidentEvent[], type: IncidentEvent['body']['type']): EpochMs | null {
  return events.find((event) => event.body.type === type)?.at ?? null;
}

function span(
  name: Span['name'],
  [fromAt, toAt]: readonly [EpochMs | null, EpochMs | null],
  method: string,
): Span {
  return { name, fromAt, toAt, tookMs: fromAt === null || toAt === null ? null : toAt - fromAt, method };
}
