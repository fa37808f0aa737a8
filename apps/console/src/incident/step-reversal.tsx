import { Button } from '@mantine/core';
import type { StepView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { Failure } from '../layout/failure.tsx';
import { useMay } from './may-act.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAct } from './use-act.ts';

interface ReversalProps {
  readonly incidentId: string;
  readonly step: StepView;
}

/** Stops a step that runs, and asks for the way back of one that has run. */
export function StepReversal({ incidentId, step }: ReversalProps) {
  const may = useMay('responder');
  if (!may) return null;
  if (step.status === 'running' && step.cancelled === null)
    return <CancelStep incidentId={incidentId} step={step} />;
  if (step.undo !== null && step.startedAt !== null && step.endedAt !== null)
    return <UndoStep incidentId={incidentId} step={step} />;
  return null;
}

function UndoStep({ incidentId, step }: ReversalProps) {
  const undo = useAct(incidentId, () => client.undo(incidentId, step.id));
  return (
    <>
      <Failure error={undo.error} />
      <Button variant="default" size="md" loading={undo.isPending} onClick={() => undo.mutate()}>
        Undo
      </Button>
    </>
  );
}

function CancelStep({ incidentId, step }: ReversalProps) {
  const [asking, setAsking] = useState(false);
  const close = (): void => setAsking(false);
  const cancel = useAct(incidentId, (reason: string) => client.cancel(incidentId, step.id, reason), close);
  return (
    <>
      <Button variant="default" size="md" onClick={() => setAsking(true)}>
        Stop it…
      </Button>
      {asking && (
        <ReasonDialog
          title={`Stop what runs on ${step.target}?`}
          label="Why?"
          confirm="Stop it"
          pending={cancel.isPending}
          error={cancel.error}
          onConfirm={cancel.mutate}
          onClose={close}
        />
      )}
    </>
  );
}
