import { TextInput } from '@mantine/core';
import type { CorrectImpact, IncidentView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { formatDateAndTime, fromLocalInput, toLocalInput } from '../time/format-time.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAct } from './use-act.ts';

interface ImpactDialogProps {
  readonly incident: IncidentView;
  readonly onClose: () => void;
}

/** When clients were harmed by a person's word; what was measured stays on record beside it. */
export function ImpactDialog({ incident, onClose }: ImpactDialogProps) {
  const { times, impactCorrection } = incident;
  const known = impactCorrection ?? { startAt: times.impactStartAt, endAt: times.mitigatedAt };
  const [start, setStart] = useState(toLocalInput(known.startAt));
  const [end, setEnd] = useState(known.endAt === null ? '' : toLocalInput(known.endAt));
  const act = useAct(incident.id, (body: CorrectImpact) => client.correctImpact(incident.id, body), onClose);
  return (
    <ReasonDialog
      title="When were clients harmed?"
      label="Why is it corrected?"
      confirm="Correct"
      pending={act.isPending}
      error={act.error}
      onConfirm={(reason) =>
        act.mutate({
          startAt: fromLocalInput(start),
          endAt: end === '' ? null : fromLocalInput(end),
          reason,
        })
      }
      onClose={onClose}
      blocked={start === ''}
      startsElsewhere
    >
      <p>
        Measured: from {formatDateAndTime(times.impactStartAt)} ({times.impactStartMethod}){' '}
        {times.mitigatedAt === null ? 'until now' : `to ${formatDateAndTime(times.mitigatedAt)}`}. It stays on
        record; the review and the status page’s uptime count by your word.
      </p>
      {impactCorrection !== null && (
        <p className="quiet">
          Corrected before by {impactCorrection.byName}: {impactCorrection.reason}
        </p>
      )}
      <TextInput
        label="Harm began"
        type="datetime-local"
        step={1}
        size="md"
        required
        data-autofocus
        value={start}
        onChange={(event) => setStart(event.currentTarget.value)}
      />
      <TextInput
        label="Harm ended"
        description="Empty: it goes on."
        type="datetime-local"
        step={1}
        size="md"
        value={end}
        onChange={(event) => setEnd(event.currentTarget.value)}
      />
    </ReasonDialog>
  );
}
