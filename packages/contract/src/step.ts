import { z } from 'zod';
import { instant } from './instant.ts';
import { actorView } from './person.ts';

/** Result of one check before or after a change. */
export const checkView = z.object({ name: z.string(), ok: z.boolean(), text: z.string() });
export type CheckView = z.infer<typeof checkView>;

export const stepStatus = z.enum([
  'proposed',
  'approved',
  'running',
  'succeeded',
  'failed',
  'unknown',
  'denied',
  'expired',
  'blocked',
]);

/** A change that the runbook names, with its values filled in, offered for approval. */
export const stepView = z.object({
  id: z.string(),
  actionId: z.string(),
  label: z.string(),
  command: z.string(),
  effect: z.enum(['read', 'create-temp', 'mutate', 'destroy']),
  target: z.string(),
  targetUid: z.string().nullable(),
  values: z.record(z.string(), z.string()),
  /** What an approval is bound to: send it back with the approval. */
  bindingHash: z.string(),
  status: stepStatus,
  proposedAt: instant,
  expiresAt: instant,
  approvalsNeeded: z.int(),
  approvals: z.array(z.object({ by: actorView, at: instant })),
  checks: z.array(checkView),
  dryRun: z.object({ ok: z.boolean(), text: z.string() }).nullable(),
  /** What it makes of its object, a line a field, as the server answered; null where that cannot be told. */
  differences: z.array(z.string()).nullable(),
  undo: z.string().nullable(),
  /** Why this one and none of the others that the document names; null when there was no choice. */
  chosen: z.string().nullable(),
  /** Who asked for it, and so cannot approve it; null when a diagnosis did. */
  requestedBy: actorView.nullable(),
  /** Id of the step that it takes back. */
  undoes: z.string().nullable(),
  /** Why a person has to do it: it ends with their word that it is done. Null when an approval lets the responder run it. */
  manual: z.string().nullable(),
  /** Checks that said no, and who answers for going on. */
  overridden: z.object({ by: actorView, reason: z.string(), checks: z.array(z.string()) }).nullable(),
  /** An approver's word may replace the checks that keep it back. */
  overridable: z.boolean(),
  /** The team has set that one person may ask and approve. */
  singlePerson: z.boolean(),
  /** A person has stopped it. */
  cancelled: z.object({ by: actorView, at: instant, reason: z.string() }).nullable(),
  blastRadius: z.string(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  outcome: z.string().nullable(),
  postChecks: z.array(checkView),
});
export type StepView = z.infer<typeof stepView>;
