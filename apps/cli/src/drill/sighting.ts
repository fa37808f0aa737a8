import type { IncidentView, StatusView } from '@tocsin/contract';
import type { DrillSpec } from './drill-spec.ts';
import { harmedTenants } from './harmed-tenants.ts';
import { missesOfCauses, type NamedCause } from './judge-causes.ts';

/** A cause that was named for a while. */
export interface SaidCause extends NamedCause {
  readonly firstAfterMs: number;
  readonly lastAfterMs: number;
}

/** What was seen of a drill so far; times in milliseconds from the injection. */
export interface Sighting {
  readonly injectedSubject: string;
  readonly incident: IncidentView | null;
  /** Tenants that were harmed at some time. */
  readonly harmed: readonly string[];
  readonly notice: { readonly afterMs: number; readonly reason: string } | null;
  /** Causes named at the last look, by the incident, or beside a notice. */
  readonly named: readonly NamedCause[];
  /** Every cause that was ever named, with its highest confidence. */
  readonly said: readonly SaidCause[];
  /** Since when everything expected is there; null while it is not. */
  readonly completeAfterMs: number | null;
}

export function emptySighting(injectedSubject: string): Sighting {
  const nothing = { incident: null, harmed: [], notice: null, named: [], said: [], completeAfterMs: null };
  return { injectedSubject, ...nothing };
}

export interface Look {
  readonly afterMs: number;
  readonly status: Pick<StatusView, 'verdict' | 'reason' | 'diagnoses'>;
  readonly incident: IncidentView | null;
}

/** One more look. Pure. */
export function look(before: Sighting, spec: DrillSpec, seen: Look): Sighting {
  const { afterMs, status } = seen;
  const incident = seen.incident ?? before.incident;
  const named = namedNow(incident, status);
  const isNotice = status.verdict === 'notice' && incident === null;
  const next = {
    ...before,
    incident,
    harmed: incident === null ? before.harmed : harmedTenants(before.harmed, incident),
    named,
    said: named.reduce((all, one) => addSaid(all, one, afterMs), before.said),
    notice: before.notice ?? (isNotice ? { afterMs, reason: status.reason } : null),
  };
  return { ...next, completeAfterMs: isComplete(spec, next) ? (before.completeAfterMs ?? afterMs) : null };
}

function namedNow(
  incident: IncidentView | null,
  { verdict, diagnoses }: Look['status'],
): readonly NamedCause[] {
  const source = incident?.diagnoses ?? (verdict === 'notice' ? diagnoses : []);
  return source
    .filter(({ id }) => id !== 'unknown')
    .map(({ id, subject, confidence }) => ({ id, subject, confidence }));
}

function addSaid(all: readonly SaidCause[], one: NamedCause, afterMs: number): readonly SaidCause[] {
  const isSame = (other: SaidCause): boolean => other.id === one.id && other.subject === one.subject;
  const before = all.find(isSame);
  const said = {
    ...one,
    confidence: Math.max(one.confidence, before?.confidence ?? 0),
    firstAfterMs: before?.firstAfterMs ?? afterMs,
    lastAfterMs: afterMs,
  };
  return before === undefined ? [...all, said] : all.map((other) => (isSame(other) ? said : other));
}

/** An outage whose page has arrived, with the right severity and causes. Silence is never complete: it is watched to the end. */
function isComplete(spec: DrillSpec, { incident, named, injectedSubject }: Sighting): boolean {
  const { severity } = spec.expected;
  if (severity === null || incident === null) return false;
  const isPaged = incident.pages.some((page) => page.deliveredAt !== null);
  const allowed = [severity, ...(spec.expected.alsoDefensible ?? [])];
  const isRated = allowed.includes(incident.worstSeverity);
  return isPaged && isRated && missesOfCauses(spec.expected, named, injectedSubject).length === 0;
}
