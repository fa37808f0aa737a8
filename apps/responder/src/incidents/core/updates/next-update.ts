import type { EpochMs } from '#facts';
import type { Incident } from '../incident.ts';
import { minuteMs } from '../rules/durations.ts';
import { isOutside, type ToldAudience } from './update.ts';
import type { UpdateClock } from './update-clocks.ts';

/** After an outage that was over has come back, nobody waits longer for the first word of it. */
const againMs = 15 * minuteMs;

/** When an audience is due its next update, by what has happened so far; null while its clock rests. Pure: no timer is asked. */
export function nextUpdate(incident: Incident, clock: UpdateClock): EpochMs | null {
  if (whyClockRests(incident, clock) !== null) return null;
  const told = incident.updates?.[clock.audience] ?? null;
  const dueAt = dueByWord(incident, clock, told);
  const missedAt = told?.missedAt ?? null;
  if (dueAt === null || missedAt === null || missedAt < dueAt) return dueAt;
  return clock.everyMs === null ? null : missedAt + clock.everyMs;
}

/** By the last word; after "resolved" the next one is a first one again. */
function dueByWord(incident: Incident, clock: UpdateClock, told: ToldAudience | null): EpochMs | null {
  return told === null || told.lastAt === null || told.lastStatus === 'resolved'
    ? firstDue(incident, clock)
    : laterDue(incident, clock, told.lastAt);
}

/** Why nobody waits for an update of this audience; null while its clock runs. */
export function whyClockRests(incident: Incident, clock: UpdateClock): string | null {
  const { status, severity, assessment } = incident;
  if (status === 'resolved') return 'the incident is closed';
  if (status === 'stable') return 'the incident is stable';
  if (status !== 'open') return 'the harm has ended: the clock rests during the stability watch';
  if (clock.severities !== null && !clock.severities.includes(severity))
    return `the document asks for it for ${clock.severities.join(', ')} alone`;
  if (isOutside(clock.audience) && assessment.restricted !== undefined)
    return 'integrity or security is at stake: nothing is drafted for the public';
  return null;
}

/** The document's own instant; when the outage has come back since, not before people had the time to say so. */
function firstDue(incident: Incident, { firstMs, severities }: UpdateClock): EpochMs {
  const from = severities === null ? incident.detectedAt : (incident.severitySince ?? incident.detectedAt);
  const { activeSince } = incident;
  if (activeSince === undefined) return from + firstMs;
  return Math.max(from + firstMs, activeSince + Math.min(firstMs, againMs));
}

function laterDue({ activeSince }: Incident, { everyMs }: UpdateClock, lastAt: EpochMs): EpochMs | null {
  return everyMs === null ? null : Math.max(lastAt, activeSince ?? lastAt) + everyMs;
}
