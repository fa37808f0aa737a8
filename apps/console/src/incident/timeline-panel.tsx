import { useQuery } from '@tanstack/react-query';
import { type TimelineEntry, timelineKinds, type TimelineKind } from '@tocsin/contract';
import { useState } from 'react';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { queries } from '../queries.ts';
import { formatTimeOfDay } from '../time/format-time.ts';
import { EvidenceDrawer } from './evidence-drawer.tsx';

type Filter = TimelineKind | 'all';

/** What happened, newest first. Measurements come every few seconds and are shown when asked for. */
export function TimelinePanel({ incidentId }: { readonly incidentId: string }) {
  const { data = [], error } = useQuery(queries.timeline(incidentId));
  const [filter, setFilter] = useState<Filter>('all');
  const [open, setOpen] = useState<string | null>(null);
  const shown = data.filter((entry) =>
    filter === 'all' ? entry.kind !== 'measurement' : entry.kind === filter,
  );
  return (
    <Panel
      title="Timeline"
      aside={
        <label className="filter">
          Show{' '}
          <select value={filter} onChange={(event) => setFilter(event.currentTarget.value as Filter)}>
            <option value="all">all but measurements</option>
            {timelineKinds.map((kind) => (
              <option key={kind} value={kind}>
                {kind}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <Failure error={error} />
      <ol className="plain-list timeline">
        {shown.toReversed().map((entry) => (
          <Row key={entry.seq} entry={entry} onEvidence={setOpen} />
        ))}
      </ol>
      {open !== null && (
        <EvidenceDrawer incidentId={incidentId} evidenceId={open} onClose={() => setOpen(null)} />
      )}
    </Panel>
  );
}

function Row({
  entry,
  onEvidence,
}: {
  readonly entry: TimelineEntry;
  readonly onEvidence: (id: string) => void;
}) {
  const evidence = entry.links.filter((link) => link.kind === 'evidence');
  return (
    <li id={`event-${entry.seq}`} data-kind={entry.kind}>
      <time dateTime={entry.at} className="numbers quiet">
        {formatTimeOfDay(entry.at)}
      </time>
      <div>
        <p className="pre-line">{entry.text}</p>
        <p className="quiet small">
          {entry.actor.name}: {entry.because}
        </p>
        {evidence.map((link) => (
          <button key={link.id} type="button" className="text-button" onClick={() => onEvidence(link.id)}>
            Open what it returned
          </button>
        ))}
      </div>
    </li>
  );
}
