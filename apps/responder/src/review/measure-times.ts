import type { EpochMs } from '#facts';
import type { Incident, IncidentEvent } from '#incidents';
import { sayActor } from './say-actor.ts';

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
  const impact = impactOf(incident);
  return [
    span('detection', [impact.startAt, incident.detectedAt], `impact start ${impact.how}`),
    span('acknowledge', [firstPageAt, incident.acknowledgedAt], 'first page queued, a person took it'),
    span('response', [incident.detectedAt, respondedAt], 'detected, first diagnostic action'),
    span(
      'mitigation',
      [impact.startAt, impact.endAt],
      impact.isCorrected
        ? `impact start and end ${impact.how}`
        : `impact start (estimated), impact end (${incident.mitigatedBy === 'person' ? 'said by a person' : 'measured'})`,
    ),
    span(
      'recovery',
      [impact.startAt, incident.verifiedAt],
      `impact start (${impact.isCorrected ? 'corrected' : 'estimated'}), service verified from outside`,
    ),
    span('stability', [incident.verifiedAt, incident.stableAt], 'verified, stability hold passed'),
  ];
}

/** A person's word counts before what was measured. */
function impactOf({ impactStartAt, mitigatedAt, impactStartMethod, impactCorrection: said }: Incident) {
  if (said === undefined)
    return {
      startAt: impactStartAt,
      endAt: mitigatedAt,
      isCorrected: false,
      how: `estimated: ${impactStartMethod}`,
    };
  return {
    startAt: said.startAt,
    endAt: said.endAt ?? mitigatedAt,
    isCorrected: true,
    how: `corrected by ${sayActor(said.by)}: ${said.reason}`,
  };
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
