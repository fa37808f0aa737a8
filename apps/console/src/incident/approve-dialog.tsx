import { Button } from '@mantine/core';
import type { StepView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { Dialog } from '../layout/dialog.tsx';
import { Failure } from '../layout/failure.tsx';
import { useAct } from './use-act.ts';

interface DialogProps {
  readonly incidentId: string;
  readonly step: StepView;
  readonly onClose: () => void;
}

/** Asks once more, with the target's name. The approval holds for the step as it was when this opened, for no other. */
export function ApproveDialog({ incidentId, step, onClose }: DialogProps) {
  const [shown] = useState(step);
  const approve = useAct(incidentId, () => client.approve(incidentId, shown.id, shown.bindingHash), onClose);
  const changed = shown.bindingHash !== step.bindingHash;
  const failed = shown.checks.filter((check) => !check.ok);
  return (
    <Dialog title={`Approve on ${shown.target}?`} onClose={onClose}>
      <pre className="command">
        <code>{shown.command}</code>
      </pre>
      <p>{shown.blastRadius}</p>
      {failed.length > 0 && (
        <p className="warn-text">
          {failed.length === 1 ? 'One check does not hold' : `${failed.length} checks do not hold`} now:{' '}
          {failed.map((check) => check.text).join('; ')}. It is checked again right before it runs.
        </p>
      )}
      {changed && (
        <p className="warn-text" role="alert">
          The step has changed since you opened this. Close it and look again.
        </p>
      )}
      <Failure error={approve.error} />
      <div className="decision">
        <Button
          size="lg"
          data-autofocus
          disabled={changed}
          loading={approve.isPending}
          onClick={() => approve.mutate()}
        >
          Approve on {shown.target}
        </Button>
        <Button size="lg" variant="default" onClick={onClose}>
          Not now
        </Button>
      </div>
    </Dialog>
  );
}
