import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { StepView } from '@tocsin/contract';
import { useState } from 'react';
import { ApproveDialog } from './approve-dialog.tsx';
import { DenyDialog } from './deny-dialog.tsx';
import { queries } from '../queries.ts';
import { useMay } from './may-act.ts';

interface StepDecisionProps {
  readonly incidentId: string;
  readonly step: StepView;
  readonly handsOff: boolean;
}

/** Yes and no to one step. */
export function StepDecision({ incidentId, step, handsOff }: StepDecisionProps) {
  const may = useMay('approver');
  const { data: me } = useQuery(queries.me);
  const mine = step.approvals.some((approval) => approval.by.id === me?.id);
  const [asking, setAsking] = useState<'approve' | 'deny' | null>(null);
  if (!may) return <p className="quiet">An approver has to decide.</p>;
  const asked = step.requestedBy !== null && step.requestedBy.id === me?.id && !step.singlePerson;
  const close = (): void => setAsking(null);
  return (
    <div className="decision">
      {mine || asked ? (
        <p className="quiet">
          {asked
            ? 'You asked for it. Somebody else has to approve.'
            : 'You have approved. Somebody else has to be the second.'}
        </p>
      ) : (
        <Button size="lg" className="approve" disabled={handsOff} onClick={() => setAsking('approve')}>
          Approve…
        </Button>
      )}
      <Button size="lg" variant="default" onClick={() => setAsking('deny')}>
        Deny…
      </Button>
      {asking === 'approve' && <ApproveDialog incidentId={incidentId} step={step} onClose={close} />}
      {asking === 'deny' && <DenyDialog incidentId={incidentId} step={step} onClose={close} />}
    </div>
  );
}
