import type { RunbookView } from '@tocsin/contract';
import { Panel } from '../layout/panel.tsx';
import { formatDate } from '../time/format-time.ts';
import { ChangeList } from './change-list.tsx';
import { RunbookText } from './runbook-text.tsx';

/** The version in use: which, since when, by whom, and what it changed. */
export function InUsePanel({ runbook }: { readonly runbook: RunbookView }) {
  const { inUse, adopt } = runbook;
  return (
    <Panel title="In use" aside={<span className="numbers">{inUse.hash.slice(0, 8)}</span>}>
      <p>
        <strong>{inUse.name}</strong>
        <span className="quiet small block">{inUse.file}</span>
      </p>
      <p>
        Since <span className="numbers">{formatDate(inUse.takenAt ?? inUse.seenAt)}</span>
        {inUse.takenBy !== null && <> by {inUse.takenBy.name}</>}: {inUse.because}.
      </p>
      <ChangeList changes={inUse.changes} />
      <p className="quiet small">
        {adopt === 'automatic'
          ? 'An edit is taken into use by itself, unless it has errors or weakens the response.'
          : 'Every edit that changes what the runbook does waits for an approver.'}{' '}
        An incident keeps the version that it was opened with.
      </p>
      <RunbookText key={inUse.hash} markdown={inUse.markdown} problems={[]} />
    </Panel>
  );
}
