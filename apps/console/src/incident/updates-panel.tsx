import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { IncidentView, UpdateAudienceView, UpdateClockView } from '@tocsin/contract';
import { useState } from 'react';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { queries } from '../queries.ts';
import { formatClock, formatTimeOfDay } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';
import { useMay } from './may-act.ts';
import { ToldUpdates } from './told-updates.tsx';
import { audienceWords } from './update-words.ts';
import { UpdateDialog } from './update-dialog.tsx';

/** Who waits for an update and until when, and who has been told what. What was missed comes first, and loud. */
export function UpdatesPanel({ incident }: { readonly incident: IncidentView }) {
  const { data, error } = useQuery(queries.updates(incident.id));
  const may = useMay('responder') && incident.mergedInto === null;
  const [telling, setTelling] = useState<UpdateAudienceView | null>(null);
  const clocks = (data?.clocks ?? []).toSorted((a, b) => Number(isMissed(b)) - Number(isMissed(a)));
  const missed = clocks.filter(isMissed).length;
  return (
    <Panel title="Updates" {...(missed > 0 ? { aside: `${missed} missed` } : {})}>
      <Failure error={error} />
      {data !== undefined && clocks.length === 0 && <p className="quiet">The runbook asks for no updates.</p>}
      <ul className="plain-list">
        {clocks.map((clock) => (
          <ClockLine
            key={clock.audience}
            clock={clock}
            {...(may ? { onTell: () => setTelling(clock.audience) } : {})}
          />
        ))}
      </ul>
      {data !== undefined && data.updates.length > 0 && <ToldUpdates updates={data.updates} />}
      {telling !== null && (
        <UpdateDialog incident={incident} audience={telling} onClose={() => setTelling(null)} />
      )}
    </Panel>
  );
}

function isMissed({ missedAt, rests }: UpdateClockView): boolean {
  return missedAt !== null && rests === null;
}

function ClockLine({ clock, onTell }: { readonly clock: UpdateClockView; readonly onTell?: () => void }) {
  const { audience, lastAt } = clock;
  return (
    <li className="source update-clock" data-missed={isMissed(clock)}>
      <span className="source-name">
        <strong>{audienceWords[audience]}</strong>
        <DueText clock={clock} />
        <span className="quiet small block">
          {lastAt === null ? 'never told' : `told ${formatTimeOfDay(lastAt)}`}
        </span>
      </span>
      {onTell !== undefined && (
        <Button
          variant={isMissed(clock) ? 'filled' : 'default'}
          size="md"
          onClick={onTell}
          aria-label={`Tell them: ${audienceWords[audience].toLowerCase()}`}
        >
          Tell them
        </Button>
      )}
    </li>
  );
}

const soonMs = 180_000;

function DueText({ clock }: { readonly clock: UpdateClockView }) {
  const now = useNow();
  const { dueAt, rests, missedAt } = clock;
  if (missedAt !== null && rests === null)
    return (
      <span className="bad-text block" role="alert">
        Missed: it was due at {formatTimeOfDay(missedAt)}
      </span>
    );
  if (dueAt === null) return <span className="quiet block">{rests ?? 'No further update is asked for'}</span>;
  const leftMs = Date.parse(dueAt) - now;
  const tone = leftMs <= soonMs ? 'warn-text block' : 'block';
  return (
    <span className={tone}>
      {leftMs < 0 ? `Overdue for ${formatClock(-leftMs)}` : `Due in ${formatClock(leftMs)}`}
    </span>
  );
}
