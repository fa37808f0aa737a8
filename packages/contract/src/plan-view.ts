import { z } from 'zod';

/** The plan in force: the compiled runbook (shape as `tocsin plan --json`) and the text it came from. */
export const planView = z.object({
  file: z.string(),
  hash: z.string(),
  name: z.string(),
  plan: z.record(z.string(), z.unknown()),
  markdown: z.string(),
});
export type PlanView = z.infer<typeof planView>;
