import { Button } from '@mantine/core';
import type { StepView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { useMay } from './may-act.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAct } from './use-act.ts';

interface OverrideProps {
  readonly incidentId: string;
  readonly step: StepView;
}

/** An approver answers for the checks that keep a step back. */
export function OverrideStep({ incidentId, step }: OverrideProps) {
  const may = useMay('approver');
  const [asking, setAsking] = useState(false);
  const close = (): void => setAsking(false);
  const override = useAct(
    incidentId,
    (reason: string) => client.overrideChecks(incidentId, step.id, reason),
    close,
  );
  const failed = [...step.checks, ...step.postChecks].filter((check) => !check.ok);
  if (!may || failed.length === 0) return null;
  return (
    <>
      <Button variant="default" size="md" onClick={() => setAsking(true)}>
        Override the checks…
      </Button>
      {asking && (
        <ReasonDialog
          title="Offer it in spite of its checks?"
          label="Why do they not hold here?"
          confirm="I answer for it"
          pending={override.isPending}
          error={override.error}
          onConfirm={override.mutate}
          onClose={close}
        >
          <ul className="plain-list">
            {failed.map((check) => (
              <li key={check.name} className="warn-text">
                {check.name}: {check.text}
              </li>
            ))}
          </ul>
          <p>
            Somebody else has to approve it. Your name stands beside it, on the timeline and in the review.
          </p>
        </ReasonDialog>
      )}
    </>
  );
}
