import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type IncidentView, incidentRoles } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { queries } from '../queries.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAct } from './use-act.ts';

interface DialogProps {
  readonly incident: IncidentView;
  readonly onClose: () => void;
}

/** A role of the incident goes to somebody who is on call now for anything; they are paged. */
export function HandOverDialog({ incident, onClose }: DialogProps) {
  const { data } = useQuery(queries.onCall);
  const onCall = [...(data?.levels ?? []), ...(data?.roles ?? [])].flatMap((one) => one.persons);
  const people = [...new Map(onCall.map(({ id, name }) => [id, name]))];
  const [role, setRole] = useState<(typeof incidentRoles)[number]>('commander');
  const [chosen, setChosen] = useState<string | null>(null);
  const person = chosen ?? people[0]?.[0] ?? '';
  const act = useAct(
    incident.id,
    (reason: string) => client.assign(incident.id, { role, person, reason }),
    onClose,
  );
  return (
    <ReasonDialog
      title="Hand over"
      label="Why?"
      confirm="Hand over"
      pending={act.isPending}
      error={act.error}
      onConfirm={act.mutate}
      onClose={onClose}
      blocked={person === ''}
    >
      <NativeSelect
        label="Role"
        size="md"
        value={role}
        onChange={(event) =>
          setRole(incidentRoles.find((one) => one === event.currentTarget.value) ?? 'commander')
        }
        data={[...incidentRoles]}
      />
      <NativeSelect
        label="To"
        description="They are paged, and the page moves on if they do not answer."
        size="md"
        value={person}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={people.map(([value, label]) => ({ value, label }))}
      />
    </ReasonDialog>
  );
}

/** Whoever fills a role of the runbook now is paged. */
export function CallRoleDialog({ incident, onClose }: DialogProps) {
  const { data } = useQuery(queries.onCall);
  const roles = (data?.roles ?? []).filter((one) => one.persons.length > 0);
  const [chosen, setChosen] = useState<string | null>(null);
  const role = chosen ?? roles[0]?.id ?? '';
  const act = useAct(incident.id, (reason: string) => client.callRole(incident.id, role, reason), onClose);
  return (
    <ReasonDialog
      title="Call a role of the runbook"
      label="What for?"
      confirm="Call"
      pending={act.isPending}
      error={act.error}
      onConfirm={act.mutate}
      onClose={onClose}
      blocked={role === ''}
    >
      {roles.length === 0 ? (
        <p>Nobody fills a role of the runbook now.</p>
      ) : (
        <NativeSelect
          label="Role"
          size="md"
          value={role}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={roles.map(({ id, name, persons }) => ({
            value: id,
            label: `${name}: ${persons.map((one) => one.name).join(', ')}`,
          }))}
        />
      )}
    </ReasonDialog>
  );
}

const quietMinutes = ['10', '30', '60', '120', '240'];

/** Nobody is called for a while. */
export function SnoozeDialog({ incident, onClose }: DialogProps) {
  const [minutes, setMinutes] = useState('30');
  const act = useAct(
    incident.id,
    (reason: string) => client.snooze(incident.id, Number(minutes), reason),
    onClose,
  );
  return (
    <ReasonDialog
      title="Call nobody for a while"
      label="Why?"
      confirm="Snooze"
      pending={act.isPending}
      error={act.error}
      onConfirm={act.mutate}
      onClose={onClose}
    >
      <NativeSelect
        label="For"
        description="Then pages and escalation go on, with what was missed. A worse severity ends it at once."
        size="md"
        value={minutes}
        onChange={(event) => setMinutes(event.currentTarget.value)}
        data={quietMinutes.map((value) => ({ value, label: `${value} minutes` }))}
      />
    </ReasonDialog>
  );
}

/** It is not over. */
export function ReopenDialog({ incident, onClose }: DialogProps) {
  const act = useAct(incident.id, (reason: string) => client.reopen(incident.id, reason), onClose);
  return (
    <ReasonDialog
      title={`Open #${incident.number} again?`}
      label="Why is it not over?"
      confirm="Open again"
      pending={act.isPending}
      error={act.error}
      onConfirm={act.mutate}
      onClose={onClose}
    />
  );
}
