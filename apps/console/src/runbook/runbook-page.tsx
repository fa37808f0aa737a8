import { useQuery } from '@tanstack/react-query';
import { Failure } from '../layout/failure.tsx';
import { queries } from '../queries.ts';
import { InUsePanel } from './in-use-panel.tsx';
import { OfferedPanel, RefusedPanel } from './standing-panels.tsx';
import { VersionsPanel } from './versions-panel.tsx';

/** The runbook: what the file holds when that is not in use, then the version in use, then the earlier ones. */
export function RunbookPage() {
  const { data, error } = useQuery(queries.runbook);
  return (
    <div className="page">
      <h1>Runbook</h1>
      <Failure error={error} />
      {data !== undefined && (
        <>
          {data.unreadable !== null && (
            <div className="failure" role="alert">
              <strong>The file cannot be read.</strong> {data.unreadable}
            </div>
          )}
          {data.refused !== null && <RefusedPanel refused={data.refused} />}
          {data.offered !== null && <OfferedPanel offered={data.offered} />}
          <div className="columns">
            <InUsePanel runbook={data} />
            <VersionsPanel />
          </div>
        </>
      )}
    </div>
  );
}
