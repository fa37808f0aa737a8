import { Box } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { EvidenceDetail } from '@tocsin/contract';
import { CopyButton } from '../layout/copy-button.tsx';
import { Failure } from '../layout/failure.tsx';
import { SideSheet } from '../layout/side-sheet.tsx';
import { queries } from '../queries.ts';
import { formatDuration, formatTimeOfDay } from '../time/format-time.ts';

interface EvidenceDrawerProps {
  readonly incidentId: string;
  readonly evidenceId: string;
  readonly onClose: () => void;
}

/** What one read returned, unchanged. */
export function EvidenceDrawer({ incidentId, evidenceId, onClose }: EvidenceDrawerProps) {
  const { data, error } = useQuery(queries.evidence(incidentId, evidenceId));
  return (
    <SideSheet title="Evidence" onClose={onClose}>
      <Failure error={error} />
      {data !== undefined && <Detail evidence={data} />}
    </SideSheet>
  );
}

function Detail({ evidence }: { readonly evidence: EvidenceDetail }) {
  return (
    <>
      <pre className="command">
        <code>{evidence.command}</code>
      </pre>
      <p className="row-facts quiet">
        <span>{evidence.mode === 'as-written' ? 'as written' : 'equivalent read'}</span>
        <span>
          {evidence.outcome === 'ended'
            ? `exit ${evidence.exitCode ?? '–'}`
            : evidence.outcome.replace('-', ' ')}
        </span>
        <span>{formatDuration(evidence.durationMs)}</span>
        <span>at {formatTimeOfDay(evidence.startedAt)}</span>
      </p>
      {evidence.reason !== null && <p className="warn-text">{evidence.reason}</p>}
      <Output title="Output" text={evidence.stdout} />
      {evidence.stderr !== '' && <Output title="Errors" text={evidence.stderr} />}
      {evidence.droppedBytes > 0 && (
        <p className="quiet">{evidence.droppedBytes} more bytes were beyond the limit and not kept.</p>
      )}
    </>
  );
}

function Output({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section aria-label={title}>
      <div className="panel-head">
        <h3>{title}</h3>
        <CopyButton text={text} />
      </div>
      {/* It scrolls sideways, so a keyboard must be able to enter it. */}
      <Box component="pre" className="output" tabIndex={0}>
        {text === '' ? '(empty)' : text}
      </Box>
    </section>
  );
}
