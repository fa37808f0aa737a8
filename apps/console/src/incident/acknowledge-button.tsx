import { Button } from '@mantine/core';
import { client } from '../client.ts';
import { Failure } from '../layout/failure.tsx';
import { useMay } from './may-act.ts';
import { useAct } from './use-act.ts';

/** Takes the incident. Large: it is pressed half asleep. */
export function AcknowledgeButton({ incidentId }: { readonly incidentId: string }) {
  const may = useMay('responder');
  const acknowledge = useAct(incidentId, () => client.acknowledge(incidentId));
  if (!may) return null;
  return (
    <>
      <Button
        className="acknowledge"
        size="lg"
        color="var(--p0)"
        fullWidth
        loading={acknowledge.isPending}
        onClick={() => acknowledge.mutate()}
      >
        Acknowledge: I am on it
      </Button>
      <Failure error={acknowledge.error} />
    </>
  );
}
