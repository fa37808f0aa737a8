import { TextInput } from '@mantine/core';
import type { IncidentView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAct } from './use-act.ts';

interface DialogProps {
  readonly incident: IncidentView;
  readonly onClose: () => void;
}

/** Nothing measures the harm: a person says that it has ended. */
export function MitigatedDialog({ incident, onClose }: DialogProps) {
  const act = useAct(incident.id, (reason: string) => client.mitigated(incident.id, reason), onClose);
  return (
    <ReasonDialog
      title="Has the harm ended?"
      label="How is it known?"
      confirm="It has ended"
      pending={act.isPending}
      error={act.error}
      onConfirm={act.mutate}
      onClose={onClose}
    >
      <p>Nothing measures this incident. Nobody else is called, unless it is opened again.</p>
    </ReasonDialog>
  );
}

/** People have held the review. */
export function ReviewedDialog({ incident, onClose }: DialogProps) {
  const [link, setLink] = useState('');
  const act = useAct(
    incident.id,
    (note: string) => client.reviewed(incident.id, { note, link: link.trim() === '' ? null : link.trim() }),
    onClose,
  );
  return (
    <ReasonDialog
      title="Was the review held?"
      label="What came of it?"
      confirm="It was held"
      pending={act.isPending}
      error={act.error}
      onConfirm={act.mutate}
      onClose={onClose}
    >
      <TextInput
        label="Where its text is kept"
        type="url"
        size="md"
        value={link}
        onChange={(event) => setLink(event.currentTarget.value)}
      />
    </ReasonDialog>
  );
}
