import { z } from 'zod';
import { instant } from './instant.ts';

/** Harm of one tenant as its clients see it. */
export const tenantView = z.object({
  tenant: z.string(),
  requests: z.int(),
  failed: z.int(),
  /** failed / requests, 0 to 1. */
  errorRatio: z.number(),
  p95Ms: z.number().nullable(),
  /** False: too little traffic to judge. */
  judged: z.boolean(),
  harm: z.enum(['errors', 'slow', 'none']),
});
export type TenantView = z.infer<typeof tenantView>;

export const sourceClass = z.enum(['A', 'B', 'C', 'D', 'E', 'H']);
export type SourceClassView = z.infer<typeof sourceClass>;

/** One source saying that something is wrong. */
export const signalView = z.object({
  key: z.string(),
  sourceClass,
  detector: z.string(),
  subject: z.string(),
  since: instant,
  summary: z.string(),
});
export type SignalView = z.infer<typeof signalView>;

/** A named cause with what speaks for and against it. */
export const diagnosisView = z.object({
  id: z.string(),
  subject: z.string(),
  confidence: z.number(),
  for: z.array(z.string()),
  against: z.array(z.string()),
  settles: z.array(z.string()),
  /** Evidence that was read of the subject: its id, and the command as it ran. */
  reads: z.array(z.object({ id: z.string(), command: z.string() })),
});
export type DiagnosisView = z.infer<typeof diagnosisView>;
