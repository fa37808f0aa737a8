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

/** The document's own instant; when its clock has rested since, not before people had the time to say so. */
function firstDue(incident: Incident, clock: UpdateClock): EpochMs {
  const { firstMs, severities } = clock;
  const from = severities === null ? incident.detectedAt : (incident.severitySince ?? incident.detectedAt);
  return Math.max(from, runsSince(incident, clock) + Math.min(firstMs, againMs) - firstMs) + firstMs;
}

function laterDue(incident: Incident, clock: UpdateClock, lastAt: EpochMs): EpochMs | null {
  const { everyMs } = clock;
  return everyMs === null ? null : Math.max(lastAt, runsSince(incident, clock)) + everyMs;
}

/** Since when the clock runs without a rest, as far as it has rested at all: the outage came back, the severity, or what kept it from the public went. */
function runsSince(
  { activeSince = 0, severitySince, unrestrictedSince = 0 }: Incident,
  { audience, severities }: UpdateClock,
): EpochMs {
  return Math.max(
    activeSince,
    severities === null ? 0 : (severitySince ?? 0),
    isOutside(audience) ? unrestrictedSince : 0,
  );
}
