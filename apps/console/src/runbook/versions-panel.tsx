import { useQuery } from '@tanstack/react-query';
import type { RunbookVersionView } from '@tocsin/contract';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { queries } from '../queries.ts';
import { formatDate } from '../time/format-time.ts';

/** Every version that was ever offered, refused or in use, newest first. */
export function VersionsPanel() {
  const { data, error } = useQuery(queries.runbookVersions);
  return (
    <Panel title="Versions">
      <Failure error={error} />
      <ol className="plain-list">
        {data?.map((version) => (
          <li key={version.hash} className="source">
            <code>{version.hash.slice(0, 8)}</code>
            <span className="source-name">
              {statusWords(version)}
              <span className="quiet small block">
                <span className="numbers">{formatDate(version.takenAt ?? version.seenAt)}</span>,{' '}
                {version.because}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function statusWords({ status, takenAt, takenBy }: RunbookVersionView): string {
  switch (status) {
    case 'in-use':
      return `in use, by ${takenBy?.name ?? 'somebody'}`;
    case 'offered':
      return 'offered';
    case 'refused':
      return 'refused';
    case 'superseded':
      return takenAt === null ? 'never in use' : `was in use, by ${takenBy?.name ?? 'somebody'}`;
    default:
      return status satisfies never;
  }
}
