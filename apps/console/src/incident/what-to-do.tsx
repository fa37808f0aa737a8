import type { IncidentView, StepView } from '@tocsin/contract';
import { Panel } from '../layout/panel.tsx';
import { formatClock } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';
import { RunningOutput } from './running-output.tsx';
import { StepCard } from './step-card.tsx';

const live: readonly StepView['status'][] = ['proposed', 'approved', 'running', 'unknown'];

/** What a person can do now, first; what was done before, below. */
export function WhatToDo({ incident }: { readonly incident: IncidentView }) {
  const closed = incident.status === 'resolved';
  const now = incident.steps.filter((step) => !closed && live.includes(step.status));
  const done = incident.steps.filter((step) => !now.includes(step));
  return (
    <Panel title={closed ? 'What was done' : 'What to do now'}>
      {now.length === 0 && <NothingToDecide incident={incident} />}
      {now.some((step) => step.status === 'running') && <RunningOutput incidentId={incident.id} />}
      {now.map((step) => (
        <StepCard key={step.id} incidentId={incident.id} step={step} decidable handsOff={incident.handsOff} />
      ))}
      {done.length > 0 && (
        <details className="done-steps" open={now.length === 0}>
          <summary>
            {done.length} {done.length === 1 ? 'step' : 'steps'} {closed ? 'offered' : 'decided'}
          </summary>
          {done.map((step) => (
            <StepCard key={step.id} incidentId={incident.id} step={step} overridable={!closed} />
          ))}
        </details>
      )}
    </Panel>
  );
}

function NothingToDecide({ incident }: { readonly incident: IncidentView }) {
  const now = useNow();
  const { holdUntil, stableAt } = incident.times;
  if (incident.status === 'verified' && holdUntil !== null && stableAt === null)
    return (
      <p>
        The service is verified from outside. The stability watch runs for another{' '}
        <strong className="numbers">{formatClock(Date.parse(holdUntil) - now)}</strong> and reopens the
        incident by itself if harm comes back.
      </p>
    );
  if (incident.status === 'open' && incident.steps.some((step) => step.status === 'succeeded'))
    return <p>Every step was decided. Watching whether the harm ends; nothing waits for you.</p>;
  if (incident.noStep !== null) return <p>{incident.noStep}</p>;
  if (incident.evidencePending > 0)
    return <p>Reading evidence: {incident.evidencePending} reads still run. Nothing to decide yet.</p>;
  const words: Record<IncidentView['status'], string> = {
    open: 'No step waits for you.',
    mitigated: incident.detached
      ? 'The harm has ended, says a person. Nothing measures whether it comes back: open it again if it does.'
      : 'The harm has ended. Recovery is being verified from outside.',
    verified: 'Nothing to decide.',
    stable: 'Stable. Close the incident when the checklist is done.',
    resolved:
      incident.reviewed === null
        ? 'Closed. The review is under its own tab; say when it was held.'
        : 'Closed and reviewed.',
  };
  return <p>{words[incident.status]}</p>;
}
