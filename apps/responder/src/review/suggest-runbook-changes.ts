import type { Action, Plan } from '@tocsin/runbook';
import type { EvidenceSummary, Incident, IncidentEvent, Step } from '#incidents';
import { sayDuration } from './say-time.ts';

/** A change of the document that the incident speaks for. */
export interface Suggestion {
  /** Line of the document, null when it is about no line. */
  readonly line: number | null;
  readonly text: string;
}

/** Longer than this from offer to approval is worth a look, milliseconds. */
const slowApprovalMs = 5 * 60_000;

/** What the document should say differently, by what failed, was skipped or took too long. */
export function suggestRunbookChanges(
  incident: Incident,
  events: readonly IncidentEvent[],
  plan: Plan,
  evidence: readonly EvidenceSummary[],
): readonly Suggestion[] {
  const actions = actionsOf(plan);
  const lineOf = (actionId: string): number | null => actions.get(actionId)?.source.line ?? null;
  const fromSteps = incident.steps.flatMap((step) =>
    aboutStep(step, actions.get(step.actionId)).map((text) => ({ line: lineOf(step.actionId), text })),
  );
  const fromReads = evidence.flatMap((one) => {
    const text = aboutRead(one, actions.get(one.actionId));
    return text === null ? [] : [{ line: lineOf(one.actionId), text }];
  });
  return [...fromSteps, ...fromReads, ...events.flatMap(aboutEvent)];
}

function actionsOf(plan: Plan): ReadonlyMap<string, Action> {
  const actions = [
    ...plan.phases.flatMap((phase) => phase.steps.flatMap((step) => step.actions)),
    ...plan.branches.flatMap((branch) => branch.actions),
    ...plan.scenarios.flatMap((scenario) => scenario.actions),
  ];
  return new Map(actions.map((action) => [action.id, action]));
}

function aboutStep(step: Step, written: Action | undefined): readonly string[] {
  const approvedAt = step.approvals.at(-1)?.at ?? null;
  const waitedMs = approvedAt === null ? 0 : approvedAt - step.proposedAt;
  return [
    ...aboutStatus(step),
    ...(waitedMs > slowApprovalMs
      ? [`"${step.label}" waited ${sayDuration(waitedMs)} for its approval; say who approves it at night`]
      : []),
    ...(step.command.includes('--timeout=60s') && written?.text.includes('--timeout') !== true
      ? [`write a --timeout into "${step.label}" if 60 s is not what you want; without one it is added`]
      : []),
  ];
}

function aboutStatus(step: Step): readonly string[] {
  const text = byStatus[step.status];
  return text === null ? [] : [text(step)];
}

function unused(step: Step): string {
  return `"${step.label}" was offered and not used; is it needed?`;
}

function turnedDown(step: Step): string {
  return `"${step.label}" was ${step.status}; is it the right step for this cause?`;
}

/** What each end of a step says about the document; a success says nothing. */
const byStatus: Readonly<Record<Step['status'], ((step: Step) => string) | null>> = {
  failed: (step) =>
    `"${step.label}" failed (${step.outcome ?? 'no reason kept'}); correct it or name another way`,
  unknown: (step) => `the outcome of "${step.label}" is not known; add a check that shows it`,
  blocked: (step) =>
    `"${step.label}" was blocked (${step.outcome ?? failedChecks(step)}); say what to do then`,
  denied: turnedDown,
  expired: turnedDown,
  proposed: unused,
  approved: unused,
  running: unused,
  succeeded: null,
};

function failedChecks(step: Step): string {
  return (
    step.checks
      .filter((check) => !check.ok)
      .map((check) => check.name)
      .join(', ') || 'dry run'
  );
}

function aboutRead(one: EvidenceSummary, written: Action | undefined): string | null {
  const why = one.reason ?? 'no reason kept';
  switch (one.outcome) {
    case 'not-run':
      return `"${one.label}" did not run (${why}); write it so that it can`;
    case 'cut-off':
      // A pod that does not answer is what the read found out, not a fault of the read.
      return why.includes('no answer') ? null : `"${one.label}" was cut off (${why}); narrow it`;
    case 'failed':
      return `"${one.label}" failed (${why})`;
    case 'ended':
      return one.mode === 'equivalent' && written?.probe === undefined
        ? `"${one.label}" cannot run as written (${why}); write a form that can, or name a probe at its fence`
        : null;
    default:
      return one.outcome satisfies never;
  }
}

function aboutEvent({ body }: IncidentEvent): readonly Suggestion[] {
  if (body.type === 'phase-overdue')
    return [
      {
        line: null,
        text: `phase ${body.phase}, ${body.name}, took longer than its window; widen it or make it faster`,
      },
    ];
  if (body.type === 'no-safe-step')
    return [
      { line: null, text: `the document holds no safe step for ${body.diagnosis.id}: ${body.because}` },
    ];
  return [];
}
