import type { AlertFact, DependencyCheck, ReportFact, RequestMetrics } from '#facts';
import { now, tenants } from './build-facts.ts';

/** An alert of another tool that has just come in. */
export function alert(changes: Partial<AlertFact>): AlertFact {
  return {
    fingerprint: 'f1',
    name: 'HighErrorRate',
    source: 'alertmanager',
    severity: 'P1',
    flag: null,
    labels: { namespace: 'platform' },
    summary: 'errors are high',
    startsAt: now,
    receivedAt: now,
    ...changes,
  };
}

/** What a person has just said. */
export function report(changes: Partial<ReportFact>): ReportFact {
  return {
    id: 'r1',
    kind: 'customer-report',
    tenant: null,
    text: 'nothing works',
    flag: null,
    firstAt: now,
    lastAt: now,
    count: 1,
    ...changes,
  };
}

/** A check of the database a second ago that ended well. */
export function check(changes: Partial<DependencyCheck>): DependencyCheck {
  return {
    at: now - 1000,
    kind: 'postgres',
    subject: 'statefulset/postgres',
    outcome: 'ok',
    detail: '',
    durationMs: 4,
    values: {},
    ...changes,
  };
}

/** Three rounds of metrics in which each tenant sends as much. */
export function traffic({
  requests = 40,
  errors = 0,
  missing = [],
}: {
  readonly requests?: number;
  readonly errors?: number;
  readonly missing?: readonly string[];
}): readonly RequestMetrics[] {
  const pods = ['api-a', 'api-b', 'api-c'].filter((name) => !missing.includes(name));
  const rows = requests === 0 ? [] : tenants.map((tenant) => ({ tenant, requests, errors, p95Ms: 20 }));
  return [11_000, 6000, 1000].map((ago) => ({
    from: now - ago - 5000,
    to: now - ago,
    tenants: rows,
    podsScraped: pods,
    podsMissing: missing,
    pools: [],
  }));
}
