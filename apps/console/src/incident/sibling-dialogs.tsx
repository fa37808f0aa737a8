import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { IncidentView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { queries } from '../queries.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { SeveritySelect } from './severity-select.tsx';
import { useAct } from './use-act.ts';

interface DialogProps {
  readonly incident: IncidentView;
  readonly onClose: () => void;
}

/** Two incidents are one outage: this one is closed, and the chosen one opens on the screen. */
export function MergeDialog({ incident, onClose }: DialogProps) {
  const navigate = useNavigate();
  const { data = [] } = useQuery(queries.incidents);
  const others = data.filter(
    ({ id, status, drill }) =>
      id !== incident.id && !ended.has(status) && drill === (incident.drill !== null),
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const into = chosen ?? others[0]?.id ?? '';
  const act = useAct(
    into,
    (reason: string) => client.merge(incident.id, into, reason),
    () => {
      onClose();
      void navigate({ to: '/incidents/$id', params: { id: into } });
    },
  );
  return (
    <ReasonDialog
      title={`Merge #${incident.number} into another`}
      label="Why?"
      confirm="Merge"
      pending={act.isPending}
      error={act.error}
      onConfirm={act.mutate}
      onClose={onClose}
      blocked={others.length === 0}
    >
      {others.length === 0 ? (
        <p>No other incident is open.</p>
      ) : (
        <NativeSelect
          label="Goes on in"
          description={`#${incident.number} is closed; its pages wait for nobody any more.`}
          size="md"
          value={into}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={others.map(({ id, number, title }) => ({ value: id, label: `#${number} ${title}` }))}
        />
      )}
    </ReasonDialog>
  );
}

const ended: ReadonlySet<string> = new Set(['stable', 'resolved']);

/** Part of it is another outage: that incident opens on the screen. */
export function SplitDialog({ incident, onClose }: DialogProps) {
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const [severity, setSeverity] = useState(incident.severity);
  const act = useAct(
    incident.id,
    async (reason: string) => {
      const opened = await client.split(incident.id, { title, severity, reason });
      await navigate({ to: '/incidents/$id', params: { id: opened.id } });
      return client.getIncident(incident.id);
    },
    onClose,
  );
  return (
    <ReasonDialog
      title="Part of it is another outage"
      label="Why?"
      confirm="Split off"
      pending={act.isPending}
      error={act.error}
      onConfirm={act.mutate}
      onClose={onClose}
      blocked={title.trim() === ''}
      startsElsewhere
    >
      <p>It gets an incident of its own that people lead and nothing measures.</p>
      <TextInput
        label="What is the other outage?"
        data-autofocus
        required
        size="md"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <SeveritySelect severities={incident.severities} value={severity} onChange={setSeverity} />
    </ReasonDialog>
  );
}
