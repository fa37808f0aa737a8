import { Textarea } from '@mantine/core';
import type { IncidentView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAct } from './use-act.ts';

interface AskProps {
  readonly incident: IncidentView;
  readonly onClose: () => void;
}

/** A command that no document names, through the same gate as those of the document. */
export function AskDialog({ incident, onClose }: AskProps) {
  const [command, setCommand] = useState('');
  const act = useAct(incident.id, (reason: string) => client.ask(incident.id, command, reason), onClose);
  return (
    <ReasonDialog
      title="Run a command"
      label="What for?"
      confirm="Ask for it"
      pending={act.isPending}
      error={act.error}
      onConfirm={act.mutate}
      onClose={onClose}
      blocked={command.trim() === ''}
      startsElsewhere
    >
      <Textarea
        label="Command"
        description="kubectl, curl, psql or redis-cli, with filters. A read runs at once and is kept as evidence; a change is checked, tried without effect, and offered for somebody else to approve."
        data-autofocus
        required
        autosize
        minRows={2}
        size="md"
        className="command-field"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        value={command}
        onChange={(event) => setCommand(event.currentTarget.value)}
      />
    </ReasonDialog>
  );
}
