import type { StepView } from '@tocsin/contract';
import { whyNotOverridden, type Step } from '#incidents';
import { iso, isoOrNull } from './iso.ts';
import { actorView } from './names.ts';

export function stepView(step: Step): StepView {
  return {
    id: step.id,
    actionId: step.actionId,
    label: step.label,
    command: step.command,
    effect: step.effect,
    target: step.target,
    targetUid: step.targetUid,
    values: { ...step.values },
    bindingHash: step.bindingHash,
    status: step.status,
    proposedAt: iso(step.proposedAt),
    expiresAt: iso(step.expiresAt),
    approvalsNeeded: step.approvalsNeeded,
    approvals: step.approvals.map((one) => ({ by: actorView(one.by), at: iso(one.at) })),
    checks: step.checks.map((check) => ({ ...check })),
    dryRun: step.dryRun,
    differences: step.differences === undefined ? null : [...step.differences],
    undo: step.undo,
    chosen: step.chosen ?? null,
    requestedBy: step.requestedBy === undefined ? null : actorView(step.requestedBy),
    undoes: step.undoes ?? null,
    manual: step.manual ?? null,
    overridden: overriddenView(step),
    overridable: whyNotOverridden(step) === null,
    singlePerson: step.singlePerson === true,
    cancelled: cancelledView(step),
    blastRadius: step.blastRadius,
    startedAt: isoOrNull(step.startedAt),
    endedAt: isoOrNull(step.endedAt),
    outcome: step.outcome,
    postChecks: step.postChecks.map((check) => ({ ...check })),
  };
}

function overriddenView({ overridden }: Step): StepView['overridden'] {
  if (overridden === undefined) return null;
  return { by: actorView(overridden.by), reason: overridden.reason, checks: [...overridden.checks] };
}

function cancelledView({ cancelled }: Step): StepView['cancelled'] {
  if (cancelled === undefined) return null;
  return { by: actorView(cancelled.by), at: iso(cancelled.at), reason: cancelled.reason };
}
