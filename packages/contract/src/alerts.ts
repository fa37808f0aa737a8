import { z } from 'zod';
import { instant } from './instant.ts';
import { reportView } from './report.ts';

const suppression = z.object({
  kind: z.enum(['silence', 'inhibition', 'maintenance', 'heartbeat', 'other-service']),
  /** Id of the silence, fingerprint of the inhibiting alert, name of the window or heartbeat, or the matchers not met. */
  by: z.string(),
});

/** One active alert of another tool. */
export const alertView = z.object({
  fingerprint: z.string(),
  name: z.string(),
  source: z.string(),
  /** A severity of the runbook; null: the sender says none. */
  severity: z.string().nullable(),
  flag: z.enum(['integrity', 'security']).nullable(),
  summary: z.string(),
  labels: z.record(z.string(), z.string()),
  startsAt: instant,
  receivedAt: instant,
  acknowledgedAt: instant.nullable(),
  /** It comes and goes: held active until it has been quiet for a while. */
  flapping: z.boolean(),
  /** Why it starts nothing; empty: it counts. */
  suppressedBy: z.array(suppression),
});
export type AlertView = z.infer<typeof alertView>;

/** An item of a sender that could not be understood. */
export const intakeProblem = z.object({
  id: z.int(),
  source: z.string(),
  at: instant,
  place: z.string(),
  value: z.string(),
  expected: z.string(),
  item: z.string(),
});
export type IntakeProblem = z.infer<typeof intakeProblem>;

/** What kept what back, on record. */
export const suppressionRecord = z.object({
  kind: z.string(),
  by: z.string(),
  /** Fingerprint of the alert, or `incident` for one that was not opened. */
  subject: z.string(),
  text: z.string(),
  firstAt: instant,
  lastAt: instant,
});
export type SuppressionRecord = z.infer<typeof suppressionRecord>;

export const maintenanceView = z.object({
  name: z.string(),
  when: z.string(),
  active: z.boolean(),
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  /** True: while it lasts, detection opens no incident. */
  wholeService: z.boolean(),
});
export type MaintenanceView = z.infer<typeof maintenanceView>;

export const heartbeatView = z.object({
  name: z.string(),
  lastAt: instant.nullable(),
  missing: z.boolean(),
  dueAt: instant,
});
export type HeartbeatView = z.infer<typeof heartbeatView>;

/** What other tools and people say now, and what is kept quiet. */
export const alertsView = z.object({
  /** The gravest first; at most 500 are listed. */
  active: z.array(alertView),
  activeCount: z.int(),
  suppressedCount: z.int(),
  problems: z.array(intakeProblem),
  suppressions: z.array(suppressionRecord),
  maintenance: z.array(maintenanceView),
  heartbeats: z.array(heartbeatView),
  reports: z.array(reportView),
});
export type AlertsView = z.infer<typeof alertsView>;
