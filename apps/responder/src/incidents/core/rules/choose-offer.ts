import type { Incident, ProposedStep } from '../incident.ts';
import { cameToNothing } from './offer-again.ts';

/** What comes of the changes that were prepared for a cause. */
interface Choice {
  /** Offered together, in order; each says why it was chosen. */
  readonly offered: readonly ProposedStep[];
  /** With what keeps each from being offered. */
  readonly blocked: readonly { readonly step: ProposedStep; readonly because: string }[];
}

/**
 * Of the changes that the document names for a cause, in its branches and its scenarios, one is offered at a time: the best fit of
 * those that no check blocks, one that has not come to nothing yet first. Steps that belong together (cordon, then drain) are one. Two
 * rollouts never are: an undo after a restart would only undo the restart.
 */
export function chooseOffer(incident: Incident, prepared: readonly ProposedStep[]): Choice {
  const blocked = prepared.flatMap((step) => {
    const because = whyBlocked(step);
    return because === null ? [] : [{ step, because }];
  });
  const free = prepared.filter((step) => whyBlocked(step) === null);
  const [best] = free.toSorted((a, b) => order(incident, a) - order(incident, b));
  if (best === undefined) return { offered: [], blocked };
  const group = free.filter((step) => step === best || belongTogether(step, best));
  const chosen = explain(
    best,
    free.filter((step) => !group.includes(step)),
    blocked.map((one) => one.step),
  );
  return { offered: chosen === null ? group : group.map((step) => ({ ...step, chosen })), blocked };
}

const triedWeight = 100;
/** What a person has to do comes after what is done by a yes. */
const manualWeight = 50;

function order({ steps }: Incident, { actionId, fit, manual }: ProposedStep): number {
  const last = steps.findLast((one) => one.actionId === actionId);
  const vain = last !== undefined && cameToNothing(last) && last.status !== 'expired';
  return (fit?.rank ?? 0) + (vain ? triedWeight : 0) + (manual === undefined ? 0 : manualWeight);
}

function belongTogether(one: ProposedStep, other: ProposedStep): boolean {
  return one.section === other.section && one.series === other.series && one.series !== 'rollout';
}

function explain(
  { fit, section }: ProposedStep,
  left: readonly ProposedStep[],
  blocked: readonly ProposedStep[],
): string | null {
  if (fit === undefined) return null;
  const others = left.map((one) => `${one.actionId} waits (${one.fit?.why ?? 'as the document orders it'})`);
  const closed = blocked.map((one) => `${one.actionId} is blocked`);
  return [`${section ?? 'added'}: ${fit.why}`, ...others, ...closed].join('; ');
}

/** What keeps a prepared step from being offered; null when nothing does. */
export function whyBlocked(step: ProposedStep): string | null {
  const failed = step.checks.filter((check) => !check.ok).map((check) => `${check.name}: ${check.text}`);
  if (step.dryRun?.ok === false) failed.push(`dry run: ${step.dryRun.text}`);
  return failed.length === 0 ? null : failed.join('; ');
}
