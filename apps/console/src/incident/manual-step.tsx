import { Button, CopyButton } from '@mantine/core';
import type { StepView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { DenyDialog } from './deny-dialog.tsx';
import { useMay } from './may-act.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAct } from './use-act.ts';

interface ManualProps {
  readonly incidentId: string;
  readonly step: StepView;
}

/** What only a person can do: copied, done elsewhere, and told here. */
export function ManualStep({ incidentId, step }: ManualProps) {
  const may = useMay('responder');
  const mayDeny = useMay('approver');
  const [asking, setAsking] = useState<'done' | 'deny' | null>(null);
  const close = (): void => setAsking(null);
  const done = useAct(incidentId, (note: string) => client.doneByHand(incidentId, step.id, note), close);
  return (
    <div className="decision">
      <CopyButton value={step.command}>
        {({ copied, copy }) => (
          <Button size="lg" variant="default" onClick={copy}>
            {copied ? 'Copied' : 'Copy the command'}
          </Button>
        )}
      </CopyButton>
      {may && (
        <Button size="lg" className="approve" onClick={() => setAsking('done')}>
          It is done…
        </Button>
      )}
      {mayDeny && (
        <Button size="lg" variant="default" onClick={() => setAsking('deny')}>
          Deny…
        </Button>
      )}
      {asking === 'done' && (
        <ReasonDialog
          title={`Done on ${step.target}?`}
          label="What was done, and what came of it?"
          confirm="It is done"
          pending={done.isPending}
          error={done.error}
          onConfirm={done.mutate}
          onClose={close}
        />
      )}
      {asking === 'deny' && <DenyDialog incidentId={incidentId} step={step} onClose={close} />}
    </div>
  );
}
