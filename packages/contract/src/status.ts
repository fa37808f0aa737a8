import { z } from 'zod';
import { handsOffSet } from './hands-off.ts';
import { instant } from './instant.ts';
import { runbookNotice } from './runbook.ts';
import { diagnosisView, signalView, sourceClass, tenantView } from './measured.ts';

export const probeView = z.object({
  target: z.string(),
  tenant: z.string().nullable(),
  at: instant,
  outcome: z.enum(['ok', 'http-error', 'timeout', 'refused', 'dns', 'tls', 'aborted']),
  status: z.int().nullable(),
  durationMs: z.number(),
});
export type ProbeView = z.infer<typeof probeView>;

/** Whether a class of sources can be read, and how old its newest answer is. */
export const sourceView = z.object({
  sourceClass,
  name: z.string(),
  readable: z.boolean(),
  lastAt: instant.nullable(),
  detail: z.string(),
});
export type SourceView = z.infer<typeof sourceView>;

/** What is watched and what it says now. */
export const statusView = z.object({
  at: instant,
  version: z.string(),
  startedAt: instant,
  service: z.object({
    id: z.string(),
    namespace: z.string(),
    deployment: z.string(),
    service: z.string(),
  }),
  plan: z.object({ name: z.string(), hash: z.string(), file: z.string() }),
  /** Set while nothing at all is changed, on any incident. */
  handsOff: handsOffSet.nullable(),
  /** Null when the file holds the version in use, and that is no news. */
  runbookNotice: runbookNotice.nullable(),
  /** `unknown`: nothing has been measured yet. */
  verdict: z.enum(['unknown', 'quiet', 'notice', 'suspected', 'confirmed']),
  reason: z.string(),
  signals: z.array(signalView),
  /** Causes that the present facts speak for, surest first; empty when nothing is wrong. */
  diagnoses: z.array(diagnosisView),
  sources: z.array(sourceView),
  probes: z.array(probeView),
  tenants: z.array(tenantView),
  pods: z.object({ total: z.int(), ready: z.int() }),
  nodes: z.object({ total: z.int(), ready: z.int() }),
  openIncidents: z.array(z.string()),
});
export type StatusView = z.infer<typeof statusView>;
