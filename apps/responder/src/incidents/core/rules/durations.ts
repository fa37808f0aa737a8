import type { Plan } from '@tocsin/runbook';

export const minuteMs = 60_000;

/** Facts must have been better for this long before a severity falls. */
export const betterForMs = 5 * minuteMs;
/** An offer to run a step, and the approvals given to it, end after this. */
export const offerMs = 15 * minuteMs;
/** The service must have measured as restored for this long before smoke tests are asked for. */
export const restoredForMs = 5000;
/** Clients must have been served again for this long before what was offered on old evidence is withdrawn. */
export const easedForMs = 5000;
/** A failing request that began this long before a step may still be one that the step ended. */
export const harmTailMs = 5000;
/** A change waits for the reads that were asked for, but no longer than this: each read has a limit of its own. */
export const evidenceWaitMs = 30_000;
/** An offer that came to nothing is prepared anew on fresh facts, not sooner than this after the one before. */
export const offerAgainMs = 60_000;
/** A change that did what it was for gets this long to take effect before another is proposed: what is seen meanwhile is of the time before. */
export const settleMs = 30_000;
/** Offers are renewed ever more slowly, but at least this often. */
export const offerAgainMostMs = 15 * minuteMs;
/** A step whose turn came in time may start this much after its offer has expired. */
export const startLateMs = 30_000;
/** A stability watch that ends later than this was not watched: the responder was down. */
export const lateWatchMs = 30_000;
/** A cause that was named is not taken back sooner for want of evidence, only for another one. */
export const nameStandsMs = 20_000;
/** From this confidence on, the plan is asked for an answer to a diagnosis. */
export const answerFrom = 0.6;
/** From this confidence on, a root cause counts as identified. */
export const identifiedFrom = 0.8;

const defaultAcknowledgmentMinutes = 5;
const defaultStabilityMinutes = 15;

/** How long a page waits for an acknowledgment: the length of the document's first phase, 5 minutes without one. */
export function acknowledgmentWindowMs(plan: Plan): number {
  const [first] = plan.phases;
  const end = first?.toMinutes ?? null;
  const minutes =
    first === undefined || end === null ? defaultAcknowledgmentMinutes : end - first.fromMinutes;
  return minutes * minuteMs;
}

/** How long a verified service is watched, and who says so. */
export function stabilityHold(plan: Plan, drillHoldMs: number | null): { holdMs: number; source: string } {
  if (drillHoldMs !== null) return { holdMs: drillHoldMs, source: 'as this drill was told' };
  if (plan.stabilityMinutes !== null)
    return { holdMs: plan.stabilityMinutes * minuteMs, source: 'as the document says' };
  return { holdMs: defaultStabilityMinutes * minuteMs, source: 'the document names no time' };
}
