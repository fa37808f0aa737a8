import type { StepView } from '@tocsin/contract';
import type { ReactNode } from 'react';
import { Checks } from './checks.tsx';
import { ManualStep } from './manual-step.tsx';
import { OverrideStep } from './override-step.tsx';
import { StepDecision } from './step-decision.tsx';
import { StepReversal } from './step-reversal.tsx';
import { effectWords, stepStatusWords } from './status-words.ts';

interface StepCardProps {
  readonly incidentId: string;
  readonly step: StepView;
  /** False for what is only history. */
  readonly decidable?: boolean;
  readonly handsOff?: boolean;
  /** False once the incident is closed. */
  readonly overridable?: boolean;
}

/** One change of the runbook: what it is, what is known about it before, and what came of it. */
export function StepCard(props: StepCardProps) {
  const { incidentId, step, decidable = false, handsOff = false, overridable = false } = props;
  return (
    <article className="step" data-status={step.status} aria-label={step.label}>
      <div className="step-head">
        <h3>{step.label}</h3>
        <span className="tag" data-effect={step.effect}>
          {effectWords[step.effect]}
        </span>
        <span className="step-status">{statusWords(step, decidable)}</span>
      </div>
      <pre className="command">
        <code>{step.command}</code>
      </pre>
      <p className="step-target">
        on <strong>{step.target}</strong>
        {step.blastRadius !== '' && <> — {step.blastRadius}</>}
      </p>
      <StepFacts step={step} />
      <Approvals step={step} />
      <StepReversal incidentId={incidentId} step={step} />
      {overridable && step.overridable && <OverrideStep incidentId={incidentId} step={step} />}
      {decidable && step.status === 'proposed' && <Decision {...{ incidentId, step, handsOff }} />}
    </article>
  );
}

function Decision(props: Required<Pick<StepCardProps, 'incidentId' | 'step' | 'handsOff'>>) {
  return props.step.manual === null ? <StepDecision {...props} /> : <ManualStep {...props} />;
}

function statusWords({ status, manual }: StepView, decidable: boolean): string {
  if (status !== 'proposed') return stepStatusWords[status];
  if (!decidable) return 'not decided';
  return manual === null ? stepStatusWords[status] : 'waits for a person to do it';
}

function StepFacts({ step }: { readonly step: StepView }) {
  return (
    <>
      {step.manual !== null && (
        <p className="warn-text">
          A person has to do it: {step.manual}. Copy it, do it, and say here what came of it.
        </p>
      )}
      {step.overridden !== null && (
        <p className="warn-text">
          <strong>
            {step.overridden.by.name} overrode {step.overridden.checks.join(', ')}
          </strong>
          : {step.overridden.reason}
        </p>
      )}
      {step.requestedBy !== null && <p className="quiet">Asked for by {step.requestedBy.name}.</p>}
      {step.chosen !== null && <Fact title="Why this one">{step.chosen}</Fact>}
      {step.cancelled !== null && (
        <p className="warn-text">
          Stopped by {step.cancelled.by.name}: {step.cancelled.reason}
        </p>
      )}
      {step.outcome !== null && (
        <Fact title="Outcome">
          <span className="pre-line">{step.outcome}</span>
        </Fact>
      )}
      <Checks title="After it" checks={step.postChecks} />
      <Checks title="Before it" checks={step.checks} />
      <TriedOut step={step} />
      {step.undo !== null && (
        <Fact title="Undo">
          <code>{step.undo}</code>
        </Fact>
      )}
    </>
  );
}

/** What the server said to it without doing it. */
function TriedOut({ step: { differences, dryRun } }: { readonly step: StepView }) {
  return (
    <>
      {differences !== null && differences.length > 0 && (
        <Fact title="What changes">
          <ul className="differences">
            {differences.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Fact>
      )}
      {dryRun !== null && (
        <Fact title={dryRun.ok ? 'Dry run on the server' : 'Dry run was refused'}>
          <pre className="output small">{dryRun.text}</pre>
        </Fact>
      )}
    </>
  );
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <h4>{title}</h4>
      {children}
    </div>
  );
}

function Approvals({ step }: { readonly step: StepView }) {
  if (step.approvalsNeeded === 0 || step.manual !== null) return null;
  const names = step.approvals.map((approval) => approval.by.name).join(', ');
  return (
    <p className="approvals">
      Approvals{' '}
      <strong className="numbers">
        {step.approvals.length}/{step.approvalsNeeded}
      </strong>
      {names !== '' && <span> by {names}</span>}
      {step.approvalsNeeded > 1 && <span className="quiet"> (two different people)</span>}
      {step.singlePerson && <span className="quiet"> (team of one: nobody else looks)</span>}
    </p>
  );
}
