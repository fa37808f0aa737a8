import { z } from 'zod';
import { instant } from './instant.ts';
import { actorView } from './person.ts';

/** One difference in what a version does, in words. `weaker`: it notices less, asks fewer people or wakes somebody later. */
export const runbookChange = z.object({
  kind: z.string(),
  text: z.string(),
  weight: z.enum(['weaker', 'safer', 'neutral']),
});
export type RunbookChange = z.infer<typeof runbookChange>;

/** A finding of the compiler or of lint; lines and columns count from 1. */
export const runbookProblem = z.object({
  code: z.string(),
  level: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  line: z.int(),
  column: z.int(),
  suggestion: z.string().nullable(),
});
export type RunbookProblem = z.infer<typeof runbookProblem>;

/** One version of the runbook. `superseded`: was in use, or offered or refused, and is past. */
export const runbookVersion = z.object({
  hash: z.string(),
  name: z.string(),
  file: z.string(),
  status: z.enum(['in-use', 'offered', 'refused', 'superseded']),
  /** Why it came to this. */
  because: z.string(),
  /** Hash of the version that `changes` count from; null for the first. */
  comparedWith: z.string().nullable(),
  /** What it does differently, weaker ones first. */
  changes: z.array(runbookChange),
  seenAt: instant,
  takenAt: instant.nullable(),
  takenBy: actorView.nullable(),
});
export type RunbookVersionView = z.infer<typeof runbookVersion>;

/** The same with its text and what the linter says about it. */
export const runbookText = runbookVersion.extend({
  problems: z.array(runbookProblem),
  markdown: z.string(),
});
export type RunbookText = z.infer<typeof runbookText>;

/** The version in use, and what the file holds when that is another one: at most one of `offered` and `refused` is set. */
export const runbookView = z.object({
  /** How an edited version gets into use. */
  adopt: z.enum(['automatic', 'after-review']),
  inUse: runbookText,
  offered: runbookText.nullable(),
  refused: runbookText.nullable(),
  /** Why the file cannot be read now; null when it can. */
  unreadable: z.string().nullable(),
});
export type RunbookView = z.infer<typeof runbookView>;

/** What everybody should know about the runbook now; `taken`: a changed version has just come into use by itself. */
export const runbookNotice = z.object({
  kind: z.enum(['unreadable', 'refused', 'offered', 'taken']),
  text: z.string(),
});
export type RunbookNotice = z.infer<typeof runbookNotice>;
