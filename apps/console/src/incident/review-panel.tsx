import { useQuery } from '@tanstack/react-query';
import type { IncidentView } from '@tocsin/contract';
import { CopyButton } from '../layout/copy-button.tsx';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { queries } from '../queries.ts';
import { formatDate } from '../time/format-time.ts';

/** The review as it is written so far, as Markdown. */
export function ReviewPanel({ incident }: { readonly incident: IncidentView }) {
  const { data, error } = useQuery(queries.review(incident.id));
  return (
    <Panel title="Review" aside={data === undefined ? undefined : <CopyButton text={data} />}>
      <Failure error={error} />
      <Held incident={incident} />
      {data !== undefined && <pre className="output review">{data}</pre>}
    </Panel>
  );
}

/** Whether people have held it, of what is closed. */
function Held({ incident: { status, reviewed } }: { readonly incident: IncidentView }) {
  if (status !== 'resolved') return null;
  if (reviewed === null) return <p className="quiet">Not held yet.</p>;
  const { at, byName, note, link } = reviewed;
  return (
    <p>
      Held, says {byName} ({formatDate(at)}){note !== null && `: ${note}`}{' '}
      {link !== null && (
        <a href={link} rel="noreferrer">
          {link}
        </a>
      )}
    </p>
  );
}
