import type { Incident } from '../incident.ts';
import { isEased } from '../rules/harm-ending.ts';
import { affectedTenants } from './affected-tenants.ts';
import type { Fold } from './fold.ts';
import { causeKey } from './steps.ts';

type SeverityEvents = 'assessed' | 'severity-changed' | 'severity-better' | 'diagnosed';

export const severityFolds: { readonly [Type in SeverityEvents]: Fold<Type> } = {
  // The event's time, not the assessment's: the watcher's clock may differ from the database's.
  assessed: (incident, { assessment }, { at }) => ({
    assessment,
    ...(incident.assessment.restricted !== undefined && assessment.restricted === undefined
      ? { unrestrictedSince: at }
      : {}),
    affectedTenants: affectedTenants(incident.affectedTenants, assessment),
    confirmedAt: incident.confirmedAt ?? (assessment.verdict === 'confirmed' ? at : null),
    lastHarmAt: latest(incident.lastHarmAt, assessment.lastHarmAt),
    easedSince: isEased(incident, assessment) ? (incident.easedSince ?? at) : null,
    restoredSince: assessment.restored ? (incident.restoredSince ?? at) : null,
  }),
  'severity-changed': (incident, body, { at }) => ({
    ...(body.severity === incident.severity ? {} : { severitySince: at }),
    severity: body.severity,
    severityReason: body.reason,
    severityFloor: body.floor,
    worstSeverity: body.worst,
    betterSince: null,
  }),
  'severity-better': (_incident, { since }) => ({ betterSince: since }),
  diagnosed: (incident, { diagnoses }, { at }) => ({
    diagnoses,
    diagnosedAt: incident.diagnosedAt ?? firstNamed(diagnoses, at),
    ...(namesAnother(incident, diagnoses) ? { namedAt: at } : {}),
  }),
};

function latest(known: number | null, measured: number | null): number | null {
  return known === null || measured === null ? (known ?? measured) : Math.max(known, measured);
}

function firstNamed(diagnoses: Incident['diagnoses'], at: number): number | null {
  return diagnoses.some((one) => one.id !== 'unknown') ? at : null;
}

function namesAnother({ diagnoses: before }: Incident, now: Incident['diagnoses']): boolean {
  const known = new Set(before.map(causeKey));
  return now.some((one) => one.id !== 'unknown' && !known.has(causeKey(one)));
}
