import { Button } from '@mantine/core';
import type { IncidentView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { Panel } from '../layout/panel.tsx';
import { useMay } from './may-act.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import { SeveritySelect } from './severity-select.tsx';
import { MergeDialog, SplitDialog } from './sibling-dialogs.tsx';
import { useAct } from './use-act.ts';

type Asking = 'note' | 'severity' | 'hands-off' | 'merge' | 'split' | 'resolve';

/** What else a person can do with an incident. */
export function ActPanel({ incident }: { readonly incident: IncidentView }) {
  const may = useMay('responder');
  const [asking, setAsking] = useState<Asking | null>(null);
  if (!may || incident.status === 'resolved') return null;
  const close = (): void => setAsking(null);
  return (
    <Panel title="Also">
      <div className="acts">
        <Button variant="default" size="md" onClick={() => setAsking('note')}>
          Write a note
        </Button>
        <Button variant="default" size="md" onClick={() => setAsking('severity')}>
          Change severity
        </Button>
        <Button variant="default" size="md" onClick={() => setAsking('hands-off')}>
          {incident.handsOff ? 'Allow changes' : 'Hands off'}
        </Button>
        <Button variant="default" size="md" onClick={() => setAsking('merge')}>
          Merge
        </Button>
        <Button variant="default" size="md" onClick={() => setAsking('split')}>
          Split off
        </Button>
        <Button variant="default" size="md" onClick={() => setAsking('resolve')}>
          Close the incident
        </Button>
      </div>
      {asking === 'note' && <NoteDialog incident={incident} onClose={close} />}
      {asking === 'severity' && <SeverityDialog incident={incident} onClose={close} />}
      {asking === 'hands-off' && <HandsOffDialog incident={incident} onClose={close} />}
      {asking === 'merge' && <MergeDialog incident={incident} onClose={close} />}
      {asking === 'split' && <SplitDialog incident={incident} onClose={close} />}
      {asking === 'resolve' && <ResolveDialog incident={incident} onClose={close} />}
    </Panel>
  );
}

interface DialogProps {
  readonly incident: IncidentView;
  readonly onClose: () => void;
}

function NoteDialog({ incident, onClose }: DialogProps) {
  const act = useAct(incident.id, (text: string) => client.note(incident.id, text), onClose);
  return (
    <ReasonDialog
      title="A note on the timeline"
      label="Note"
      confirm="Write"
      pending={act.isPending}
      error={act.error}
      onConfirm={act.mutate}
      onClose={onClose}
    />
  );
}

function SeverityDialog({ incident, onClose }: DialogProps) {
  const [severity, setSeverity] = useState(incident.severity);
  const act = useAct(
    incident.id,
    (reason: string) => client.setSeverity(incident.id, { severity, reason }),
    onClose,
  );
  return (
    <ReasonDialog
      title="Change the severity"
      label="Why?"
      confirm={`Set ${severity}`}
      pending={act.isPending}
      error={act.error}
      onConfirm={act.mutate}
      onClose={onClose}
    >
      <SeveritySelect severities={incident.severities} value={severity} onChange={setSeverity} />
    </ReasonDialog>
  );
}

function HandsOffDialog({ incident, onClose }: DialogProps) {
  const on = !incident.handsOff;
  const act = useAct(incident.id, (reason: string) => client.handsOff(incident.id, on, reason), onClose);
  return (
    <ReasonDialog
      title={on ? 'Keep Tocsin’s hands off the cluster?' : 'Allow approved changes again?'}
      label="Why?"
      confirm={on ? 'Hands off' : 'Allow changes'}
      pending={act.isPending}
      error={act.error}
      onConfirm={act.mutate}
      onClose={onClose}
    />
  );
}
