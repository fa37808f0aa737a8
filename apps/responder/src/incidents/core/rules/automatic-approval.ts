import type { ProposedStep } from '../incident.ts';
import type { Input } from '../input.ts';

/** Whether the team's policy approves a step in a person's place, and why or why not. */
export interface AutomaticAnswer {
  readonly yes: boolean;
  readonly because: string;
}

/**
 * The answer of the team's policy to an offered step; null when the policy does not speak of it. A circuit breaker with two limits: above the
 * soft one of the action this action waits for a person, above the hard one of all actions everything does.
 */
export function automaticApproval(
  step: ProposedStep,
  { onCall, automatic: recent = [] }: Pick<Input, 'onCall' | 'automatic'>,
): AutomaticAnswer | null {
  const rule = onCall.approvals?.automatic.find((one) => one.action === step.actionId);
  if (onCall.approvals === undefined || rule === undefined || isByPerson(step)) return null;
  if (step.effect === 'destroy') return no('what destroys is never approved without a person');
  if (step.dryRun?.ok !== true) return no('the server has not confirmed it in a dry run');
  const same = recent.filter((one) => one.actionId === step.actionId).length;
  return underLimits({
    same,
    all: recent.length,
    soft: rule.softPerHour,
    hard: onCall.approvals.hardPerHour,
  });
}

/** Counts of the last hour and their limits. */
interface Use {
  readonly same: number;
  readonly soft: number;
  readonly all: number;
  readonly hard: number;
}

function underLimits({ same, soft, all, hard }: Use): AutomaticAnswer {
  if (all >= hard)
    return no(`${all} changes were approved automatically within the hour, the hard limit is ${hard}`);
  if (same >= soft)
    return no(`it was approved automatically ${same} times within the hour, the soft limit is ${soft}`);
  return {
    yes: true,
    because: `number ${same + 1} of ${soft} within the hour, ${all + 1} of ${hard} of all`,
  };
}

/** What a person asked for, answers for or has to do is a person's to decide. */
function isByPerson({ requestedBy, overridden, manual }: ProposedStep): boolean {
  return requestedBy !== undefined || overridden !== undefined || manual !== undefined;
}

function no(because: string): AutomaticAnswer {
  return { yes: false, because };
}
