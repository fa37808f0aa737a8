import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OnCallChangeView } from '@tocsin/contract';
import { client } from '../client.ts';
import { useMay } from '../incident/may-act.ts';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { formatDate } from '../time/format-time.ts';

/** Overrides and absences that are not over. */
export function ChangesPanel({ changes }: { readonly changes: readonly OnCallChangeView[] }) {
  return (
    <Panel title="Overrides and absences">
      {changes.length === 0 && <p className="quiet">None.</p>}
      <ul className="plain-list">
        {changes.map((one) => (
          <Entry key={one.id ?? `${one.kind} ${one.person} ${one.from}`} change={one} />
        ))}
      </ul>
    </Panel>
  );
}

function Entry({ change }: { readonly change: OnCallChangeView }) {
  const may = useMay('responder');
  const cache = useQueryClient();
  const { id, name, kind, schedule, note, by } = change;
  const end = useMutation({
    mutationFn: () => client.endOnCallChange(id ?? ''),
    onSettled: () => void cache.invalidateQueries({ queryKey: ['on-call'] }),
  });
  return (
    <li>
      <strong>{kind === 'away' ? `${name} is away` : `${name} overrides ${schedule ?? ''}`}</strong>
      <span className="quiet small block">
        <span className="numbers">{formatDate(change.from)}</span> to{' '}
        <span className="numbers">{formatDate(change.to)}</span>
        {note !== null && `: ${note}`}
        {by === null ? ', in the team’s document' : `, by ${by.name}`}
      </span>
      <Failure error={end.error} />
      {may && id !== null && (
        <Button variant="default" size="lg" loading={end.isPending} onClick={() => end.mutate()}>
          Take it back
        </Button>
      )}
    </li>
  );
}
