import type { StepView } from '@tocsin/contract';
import { client } from '../client.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAct } from './use-act.ts';

interface DialogProps {
  readonly incidentId: string;
  readonly step: StepView;
  readonly onClose: () => void;
}

export function DenyDialog({ incidentId, step, onClose }: DialogProps) {
  const deny = useAct(incidentId, (reason: string) => client.deny(incidentId, step.id, reason), onClose);
  return (
    <ReasonDialog
      title={`Deny on ${step.target}?`}
      label="Why not?"
      confirm="Deny"
      pending={deny.isPending}
      error={deny.error}
      onConfirm={deny.mutate}
      onClose={onClose}
    />
  );
}
