import { z } from 'zod';
import { instant } from './instant.ts';

const line = z.string().trim().min(1).max(2000);

/** The runbook's four ways in which people notice an outage. */
export const reportKinds = [
  'customer-report',
  'dashboard-anomaly',
  'degradation-notice',
  'degradation-report',
] as const;
export type ReportKind = (typeof reportKinds)[number];

/** What somebody says about the service. */
export const reportDraft = z.strictObject({
  kind: z.enum(reportKinds),
  text: line,
  tenant: z.string().trim().min(1).max(200).nullable().default(null),
  /** Data or security at risk: a P0 whose incident is restricted. */
  flag: z.enum(['integrity', 'security']).nullable().default(null),
  /** When it was noticed; null: now. */
  noticedAt: instant.nullable().default(null),
});
export type ReportDraft = z.input<typeof reportDraft>;

export const closeReport = z.strictObject({ because: line });

/** Several reports of one thing are one, with a count. */
export const reportView = z.object({
  id: z.string(),
  kind: z.enum(reportKinds),
  tenant: z.string().nullable(),
  text: z.string(),
  flag: z.enum(['integrity', 'security']).nullable(),
  firstAt: instant,
  lastAt: instant,
  count: z.int(),
  closedAt: instant.nullable(),
  closedBecause: z.string().nullable(),
});
export type ReportView = z.infer<typeof reportView>;
