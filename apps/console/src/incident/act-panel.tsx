import { Button } from '@mantine/core';
import type { IncidentView } from '@tocsin/contract';
import { type ReactNode, useState } from 'react';
import { client } from '../client.ts';
import { Panel } from '../layout/panel.tsx';
import { AskDialog } from './ask-dialog.tsx';
import { MitigatedDialog, ReviewedDialog } from './ending-dialogs.tsx';
import { HandsOffEverywhere } from './hands-off-everywhere.tsx';
import { ImpactDialog } from './impact-dialog.tsx';
import { useMay } from './may-act.ts';
import { CallRoleDialog, HandOverDialog, ReopenDialog, SnoozeDialog } from './people-dialogs.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import { SeveritySelect } from './severity-select.tsx';
import { MergeDialog, SplitDialog } from './sibling-dialogs.tsx';
import { useAct } from './use-act.ts';

interface DialogProps {
  readonly incident: IncidentView;
  readonly onClose: () => void;
}

interface Act {
  readonly name: (incident: IncidentView) => string;
  readonly may: (incident: IncidentView) => boolean;
  readonly Dialog: (props: DialogProps) => ReactNode;
}

const isUnresolved = ({ status }: IncidentView): boolean => status !== 'resolved';
const isOver = ({ status, mergedInto }: IncidentView): boolean =>
  mergedInto === null && (status === 'stable' || status === 'resolved');

const acts: readonly Act[] = [
  { name: () => 'Write a note', may: isUnresolved, Dialog: NoteDialog },
  { name: () => 'Change severity', may: isUnresolved, Dialog: SeverityDialog },
  { name: () => 'Hand over', may: isUnresolved, Dialog: HandOverDialog },
  { name: () => 'Call a role', may: isUnresolved, Dialog: CallRoleDialog },
  { name: () => 'Run a command', may: isUnresolved, Dialog: AskDialog },
  {
    name: () => 'The harm has ended',
    may: ({ status, endsByWord }) => status === 'open' && endsByWord,
    Dialog: MitigatedDialog,
  },
  { name: () => 'Snooze', may: ({ status }) => status === 'open', Dialog: SnoozeDialog },
  {
    name: ({ handsOff }) => (handsOff ? 'Allow changes' : 'Hands off'),
    may: isUnresolved,
    Dialog: HandsOffDialog,
  },
  {
    name: () => 'Stop all changes',
    may: isUnresolved,
    Dialog: ({ onClose }) => <HandsOffEverywhere on onClose={onClose} />,
  },
  { name: () => 'Merge', may: isUnresolved, Dialog: MergeDialog },
  { name: () => 'Split off', may: isUnresolved, Dialog: SplitDialog },
  { name: () => 'Correct the harm', may: () => true, Dialog: ImpactDialog },
  { name: () => 'Close the incident', may: isUnresolved, Dialog: ResolveDialog },
  {
    name: ({ reviewed }) => (reviewed === null ? 'Review held' : 'Review held again'),
    may: ({ status, mergedInto }) => status === 'resolved' && mergedInto === null,
    Dialog: ReviewedDialog,
  },
  { name: () => 'Open again', may: isOver, Dialog: ReopenDialog },
];

/** What else a person can do with an incident. */
export function ActPanel({ incident }: { readonly incident: IncidentView }) {
  const may = useMay('responder');
  const [asking, setAsking] = useState<Act | null>(null);
  const possible = acts.filter((act) => act.may(incident));
  if (!may || possible.length === 0) return null;
  return (
    <Panel title="Also">
      <div className="acts">
        {possible.map((act) => (
          <Button key={act.name(incident)} variant="default" size="md" onClick={() => setAsking(act)}>
            {act.name(incident)}
          </Button>
        ))}
      </div>
      {asking !== null && <asking.Dialog incident={incident} onClose={() => setAsking(null)} />}
    </Panel>
  );
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
