import { z } from 'zod';
import { instant } from './instant.ts';

/** One read of the document or of a source, without its text. */
export const evidenceSummary = z.object({
  id: z.string(),
  actionId: z.string(),
  label: z.string(),
  command: z.string(),
  /** `equivalent`: another read answered the same question; `reason` says which. */
  mode: z.enum(['as-written', 'equivalent']),
  outcome: z.enum(['ended', 'failed', 'cut-off', 'not-run']),
  /** Why it was cut off, failed, or was not read as written. */
  reason: z.string().nullable(),
  startedAt: instant,
  endedAt: instant,
  durationMs: z.number(),
  bytes: z.int(),
});
export type EvidenceSummaryView = z.infer<typeof evidenceSummary>;

/** The same with what it returned, unchanged. */
export const evidenceDetail = evidenceSummary.extend({
  exitCode: z.int().nullable(),
  stdout: z.string(),
  stderr: z.string(),
  /** Output beyond the size limit that was not kept. */
  droppedBytes: z.int(),
});
export type EvidenceDetail = z.infer<typeof evidenceDetail>;

/** What a read or change that runs right now has written so far: the end of it. */
export const liveOutput = z.object({
  actionId: z.string(),
  command: z.string(),
  startedAt: instant,
  text: z.string(),
});
export type LiveOutputView = z.infer<typeof liveOutput>;
