import { Button } from '@mantine/core';
import type { ChecklistLineView, IncidentView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { Panel } from '../layout/panel.tsx';
import { formatTimeOfDay } from '../time/format-time.ts';
import { useMay } from './may-act.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAct } from './use-act.ts';

/** The document's checklist; lines tick themselves from evidence, and a person can tick with a word why. */
export function ChecklistPanel({ incident }: { readonly incident: IncidentView }) {
  const may = useMay('responder');
  const [ticking, setTicking] = useState<string | null>(null);
  const close = (): void => setTicking(null);
  const tick = useAct(
    incident.id,
    (because: string) => client.tick(incident.id, ticking ?? '', because),
    close,
  );
  const done = incident.checklist.filter((line) => line.tickedAt !== null).length;
  return (
    <Panel title="Checklist" aside={`${done} of ${incident.checklist.length}`}>
      <ul className="plain-list checklist">
        {incident.checklist.map((line) => (
          <Line
            key={line.text}
            line={line}
            {...(may && incident.status !== 'resolved' ? { onTick: () => setTicking(line.text) } : {})}
          />
        ))}
      </ul>
      {ticking !== null && (
        <ReasonDialog
          title={`Tick “${ticking}”?`}
          label="What shows that it is done?"
          confirm="Tick"
          pending={tick.isPending}
          error={tick.error}
          onConfirm={tick.mutate}
          onClose={close}
        />
      )}
    </Panel>
  );
}

function Line({ line, onTick }: { readonly line: ChecklistLineView; readonly onTick?: () => void }) {
  const ticked = line.tickedAt !== null;
  return (
    <li data-ticked={ticked}>
      <span className="box" aria-hidden="true">
        {ticked ? '✓' : ''}
      </span>
      <span className="source-name">
        <span className="visually-hidden">{ticked ? 'done: ' : 'open: '}</span>
        {line.text}
        {line.tickedAt !== null && (
          <span className="quiet small block">
            {formatTimeOfDay(line.tickedAt)} {line.by}: {line.because}
          </span>
        )}
      </span>
      {!ticked && onTick !== undefined && (
        <Button variant="subtle" size="sm" onClick={onTick} aria-label={`Tick ${line.text}`}>
          Tick
        </Button>
      )}
    </li>
  );
}
