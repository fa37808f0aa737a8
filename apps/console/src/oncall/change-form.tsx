import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OnCallSchedule } from '@tocsin/contract';
import { type FormEvent, useState } from 'react';
import { client } from '../client.ts';
import { useMay } from '../incident/may-act.ts';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';

interface Said {
  /** Id of a schedule to override; empty: the person is away. */
  readonly schedule: string;
  readonly person: string;
  /** By the reader's clock; empty: from now on. */
  readonly from: string;
  readonly to: string;
  readonly note: string;
}

/** Puts somebody on call in another's place, or says that they cannot be called. */
export function ChangeForm({ schedule }: { readonly schedule: OnCallSchedule }) {
  const may = useMay('responder');
  const cache = useQueryClient();
  const nothing: Said = {
    schedule: schedule.schedules[0]?.id ?? '',
    person: schedule.people[0]?.id ?? '',
    from: '',
    to: '',
    note: '',
  };
  const [said, setSaid] = useState(nothing);
  const change = useMutation({
    mutationFn: () => enter(said),
    onSuccess: () => {
      setSaid(nothing);
      void cache.invalidateQueries({ queryKey: ['on-call'] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate();
  };
  if (!may) return null;
  return (
    <Panel title="Change who is on call">
      <form className="stack" onSubmit={submit}>
        <Fields
          schedule={schedule}
          said={said}
          onChange={(part) => setSaid((before) => ({ ...before, ...part }))}
        />
        <Failure error={change.error} />
        <Button type="submit" size="lg" loading={change.isPending} disabled={said.to === ''}>
          {said.schedule === '' ? 'Say that they are away' : 'Put them on call'}
        </Button>
      </form>
    </Panel>
  );
}

function enter({ schedule, person, from, to, note }: Said): Promise<OnCallSchedule> {
  const draft = {
    person,
    to: new Date(to).toISOString(),
    ...(from === '' ? {} : { from: new Date(from).toISOString() }),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  };
  return schedule === '' ? client.away(draft) : client.override({ ...draft, schedule });
}

interface FieldsProps {
  readonly schedule: OnCallSchedule;
  readonly said: Said;
  readonly onChange: (part: Partial<Said>) => void;
}

function Fields({ schedule, said, onChange }: FieldsProps) {
  const overrides = schedule.schedules.map((one) => ({ value: one.id, label: `is on call for ${one.name}` }));
  return (
    <>
      <NativeSelect
        label="Who"
        size="lg"
        value={said.person}
        data={schedule.people.map((one) => ({ value: one.id, label: one.name }))}
        onChange={(event) => onChange({ person: event.currentTarget.value })}
      />
      <NativeSelect
        label="What"
        size="lg"
        value={said.schedule}
        data={[...overrides, { value: '', label: 'is away' }]}
        onChange={(event) => onChange({ schedule: event.currentTarget.value })}
      />
      <TextInput
        label="From, if not now"
        size="lg"
        type="datetime-local"
        value={said.from}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        label="To"
        size="lg"
        type="datetime-local"
        required
        value={said.to}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
      <TextInput
        label="Why"
        size="lg"
        value={said.note}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
    </>
  );
}
