import type { RunbookText as Version } from '@tocsin/contract';
import { Panel } from '../layout/panel.tsx';
import { formatDate } from '../time/format-time.ts';
import { AdoptButton } from './adopt-button.tsx';
import { ChangeList } from './change-list.tsx';
import { RunbookText } from './runbook-text.tsx';

/** The version that waits for a yes: what it would change, weaker things first. */
export function OfferedPanel({ offered }: { readonly offered: Version }) {
  return (
    <Panel
      title="Offered: not in use yet"
      aside={<VersionMark version={offered} />}
      className="standing offered"
    >
      <p>{sentence(offered.because)} It waits for an approver’s yes.</p>
      <ChangeList changes={offered.changes} />
      <AdoptButton key={offered.hash} offered={offered} />
      <RunbookText markdown={offered.markdown} problems={[]} />
    </Panel>
  );
}

/** The edited text that cannot be taken into use, with each error beside its line. */
export function RefusedPanel({ refused }: { readonly refused: Version }) {
  const errors = refused.problems.filter((problem) => problem.level === 'error');
  return (
    <Panel
      title="Refused: the old version stays"
      aside={<VersionMark version={refused} />}
      className="standing refused"
    >
      <p>
        {sentence(refused.because)} Mend <code>{refused.file}</code>, or put back what it said: it is read
        again at once.
      </p>
      <RunbookText key={refused.hash} markdown={refused.markdown} problems={errors} />
    </Panel>
  );
}

/** Short hash, and when it was seen. */
function VersionMark({ version }: { readonly version: Version }) {
  return (
    <span className="numbers">
      {version.hash.slice(0, 8)}, seen {formatDate(version.seenAt)}
    </span>
  );
}

function sentence(because: string): string {
  return `${because.charAt(0).toUpperCase()}${because.slice(1)}.`;
}
