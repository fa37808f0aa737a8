import type { EvidenceSummaryView, IncidentView } from '@tocsin/contract';
import { useState } from 'react';
import { Panel } from '../layout/panel.tsx';
import { formatDuration } from '../time/format-time.ts';
import { EvidenceDrawer } from './evidence-drawer.tsx';
import { RunningOutput } from './running-output.tsx';

const outcomes: Record<EvidenceSummaryView['outcome'], string> = {
  ended: 'read',
  failed: 'failed',
  'cut-off': 'cut off',
  'not-run': 'not run',
};

/** Every read of the runbook, frozen before any change; each opens what it returned. */
export function EvidencePanel({ incident }: { readonly incident: IncidentView }) {
  const [open, setOpen] = useState<string | null>(null);
  const aside = incident.evidencePending > 0 ? `${incident.evidencePending} still running` : 'all ended';
  return (
    <Panel title="Evidence" aside={incident.evidence.length === 0 ? undefined : aside}>
      {incident.evidence.length === 0 && <p className="quiet">Nothing read yet.</p>}
      {incident.evidencePending > 0 && <RunningOutput incidentId={incident.id} />}
      <ul className="plain-list evidence-list">
        {incident.evidence.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className="evidence-row"
              data-outcome={one.outcome}
              onClick={() => setOpen(one.id)}
            >
              <code>{one.command}</code>
              <span className="row-facts quiet small">
                <span className="outcome">{outcomes[one.outcome]}</span>
                <span>{formatDuration(one.durationMs)}</span>
                {one.mode === 'equivalent' && <span>equivalent read</span>}
                {one.reason !== null && <span>{one.reason}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {open !== null && (
        <EvidenceDrawer incidentId={incident.id} evidenceId={open} onClose={() => setOpen(null)} />
      )}
    </Panel>
  );
}
