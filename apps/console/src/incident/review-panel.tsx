import { useQuery } from '@tanstack/react-query';
import { CopyButton } from '../layout/copy-button.tsx';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { queries } from '../queries.ts';

/** The review as it is written so far, as Markdown. */
export function ReviewPanel({ incidentId }: { readonly incidentId: string }) {
  const { data, error } = useQuery(queries.review(incidentId));
  return (
    <Panel title="Review" aside={data === undefined ? undefined : <CopyButton text={data} />}>
      <Failure error={error} />
      {data !== undefined && <pre className="output review">{data}</pre>}
    </Panel>
  );
}
